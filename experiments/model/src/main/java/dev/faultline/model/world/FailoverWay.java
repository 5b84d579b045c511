package dev.faultline.model.world;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How a database can be made to lose its primary. */
public sealed interface FailoverWay {

  /** The kinds that can be done. */
  Set<FailoverKind> kinds();

  /**
   * The hands do it.
   *
   * @param holds what a partition ends with, in words, beside its undo; such as {@code the lab}
   */
  record ByHands(Set<FailoverKind> kinds, String holds) implements FailoverWay {
    /** Keeps the kinds unchangeable. */
    public ByHands {
      kinds = Set.copyOf(kinds);
    }
  }

  /**
   * Programs of the user's do it.
   *
   * @param programs with arguments, by kind
   * @param heal takes a partition back; empty without one
   * @param timeout how long each may take
   */
  record ByPrograms(Map<FailoverKind, List<String>> programs, List<String> heal, Duration timeout)
      implements FailoverWay {
    /** Keeps the parts unchangeable. */
    public ByPrograms {
      programs = Map.copyOf(programs);
      heal = List.copyOf(heal);
    }

    @Override
    public Set<FailoverKind> kinds() {
      return programs.keySet();
    }
  }

  /**
   * The hands would do it, and cannot as things are.
   *
   * @param why in words for whoever could change that
   */
  record Barred(Set<FailoverKind> kinds, String why) implements FailoverWay {
    /** Keeps the kinds unchangeable. */
    public Barred {
      kinds = Set.copyOf(kinds);
    }
  }
}
