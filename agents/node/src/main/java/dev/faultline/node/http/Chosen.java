package dev.faultline.node.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A fault that an exchange was chosen for. It counts as affected once all its effects have
 * happened. For one thread at a time.
 */
final class Chosen {

  private final LiveFault fault;
  private final List<HttpEffect> effects;
  private final List<HttpEffect> open;
  private final RandomGenerator dice;

  Chosen(LiveFault fault, List<HttpEffect> effects, RandomGenerator dice) {
    this.fault = fault;
    this.effects = effects;
    this.open = new ArrayList<>(effects);
    this.dice = dice;
  }

  <E extends HttpEffect> Optional<E> effect(Class<E> kind) {
    return effects.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }

  void happened(HttpEffect effect) {
    if (open.remove(effect) && open.isEmpty()) {
      fault.affected();
    }
  }

  void delay() {
    effect(HttpEffect.Delay.class)
        .ifPresent(
            delay -> {
              long jitter = delay.jitter().toNanos();
              long off = jitter == 0 ? 0 : dice.nextLong(-jitter, jitter + 1);
              if (fault.delay(delay.delay().toNanos() + off)) {
                happened(delay);
              }
            });
  }
}
