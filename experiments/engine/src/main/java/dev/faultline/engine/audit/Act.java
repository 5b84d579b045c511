package dev.faultline.engine.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What somebody did. Texts are cut to {@value #LONGEST} characters. */
public sealed interface Act {

  /** How many characters of a text are kept. */
  int LONGEST = 1000;

  /** The run that it is about, if it is about one. */
  default Optional<String> about() {
    return Optional.empty();
  }

  /** A text that is not too long for a record. */
  static String cut(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    boolean halves = Character.isHighSurrogate(text.charAt(LONGEST - 1));
    return text.substring(0, halves ? LONGEST - 1 : LONGEST);
  }

  /**
   * A run is about to touch what its plan names.
   *
   * @param run its id
   * @param experiment its name
   * @param file where that was read from
   * @param environment what is disturbed
   * @param plan the hash of the plan
   * @param control whether the faults are left out
   * @param approvedBy who signed the plan; empty where nobody was asked to
   */
  record Began(
      String run,
      String experiment,
      String file,
      String environment,
      String plan,
      boolean control,
      List<String> approvedBy)
      implements Act {

    /** Keeps the list unchangeable. */
    public Began {
      file = cut(file);
      approvedBy = approvedBy.stream().map(Act::cut).toList();
    }

    @Override
    public Optional<String> about() {
      return Optional.of(run);
    }
  }

  /**
   * A run has ended.
   *
   * @param outcome in words
   * @param exit the exit code that says the same
   * @param halted who stopped it, or which signal; empty where it was not halted
   */
  record Ended(String run, String experiment, String outcome, int exit, Optional<String> halted)
      implements Act {

    /** Keeps the words short. */
    public Ended {
      halted = halted.map(Act::cut);
    }

    @Override
    public Optional<String> about() {
      return Optional.of(run);
    }
  }

  /**
   * What a dead run had left was taken back, or could not be.
   *
   * @param by how it was found: by the run's {@code journal}, or by what a {@code cluster} carries
   * @param proven whether nothing of it is left
   */
  record Undone(String run, String by, boolean proven) implements Act {
    @Override
    public Optional<String> about() {
      return Optional.of(run);
    }
  }

  /**
   * A rollout that waited was told to go on.
   *
   * @param step the number of the step, from 1
   * @param breach whether a breach held it
   */
  record Approved(String run, int step, boolean breach, String why) implements Act {

    /** Keeps the words short. */
    public Approved {
      why = cut(why);
    }

    @Override
    public Optional<String> about() {
      return Optional.of(run);
    }
  }

  /**
   * A plan was signed, for others to run it.
   *
   * @param plan its hash
   * @param until when the approval ends
   */
  record Signed(String experiment, String plan, Instant until, String why) implements Act {

    /** Keeps the words short. */
    public Signed {
      why = cut(why);
    }
  }

  /**
   * Runs were halted.
   *
   * @param run one; all when absent
   */
  record Halted(Optional<String> run, String why) implements Act {

    /** Keeps the words short. */
    public Halted {
      why = cut(why);
    }

    @Override
    public Optional<String> about() {
      return run;
    }
  }

  /**
   * Runs may begin again.
   *
   * @param halt what had kept them from it
   */
  record Resumed(String halt) implements Act {

    /** Keeps the words short. */
    public Resumed {
      halt = cut(halt);
    }
  }

  /**
   * A line that was cut short, as its writer died, gave way to this record.
   *
   * @param bytes how long it was
   * @param text what it said
   */
  record Mended(int bytes, String text) implements Act {

    /** Keeps the text short. */
    public Mended {
      text = cut(text);
    }
  }
}
