package dev.faultline.serve.live;

import dev.faultline.serve.page.Pages;
import dev.faultline.serve.page.Screen;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks at all runs once a second. */
public final class OverviewSource implements Source {

  private static final long LOOK = Duration.ofMillis(500).toNanos();

  private final Supplier<Screen> screen;
  private final Pages pages;
  private Map<String, String> before = Map.of();
  private long next = System.nanoTime();

  /**
   * Looks at an overview.
   *
   * @param screen what it shows at the moment
   */
  public OverviewSource(Supplier<Screen> screen, Pages pages) {
    this.screen = screen;
    this.pages = pages;
  }

  @Override
  public Optional<Shown> look() {
    if (System.nanoTime() - next < 0) {
      return Optional.empty();
    }
    next = System.nanoTime() + LOOK;
    Screen now = screen.get();
    Map<String, String> parts = pages.parts(now, now.parts());
    if (parts.equals(before)) {
      return Optional.empty();
    }
    before = parts;
    return Optional.of(new Shown(parts, now.said(), false));
  }
}
