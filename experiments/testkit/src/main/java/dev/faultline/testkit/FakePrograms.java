package dev.faultline.testkit;

import dev.faultline.model.world.Effect;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The programs {@code break X} and {@code mend X}. */
final class FakePrograms {

  private final Set<String> broken = new TreeSet<>();

  Effect run(List<String> argv) {
    return switch (argv.getFirst()) {
      case "break" -> {
        broken.add(argv.getLast());
        yield new Effect.Done("exit code 0");
      }
      case "mend" -> {
        broken.remove(argv.getLast());
        yield new Effect.Done("exit code 0");
      }
      default -> new Effect.Failed("no such program: " + argv.getFirst());
    };
  }

  boolean isBroken(String what) {
    return broken.contains(what);
  }

  List<String> residue() {
    return broken.stream().map(what -> "broken " + what).toList();
  }
}
