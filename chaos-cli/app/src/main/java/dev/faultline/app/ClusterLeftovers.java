package dev.faultline.app;

import dev.faultline.engine.audit.Act;
import dev.faultline.engine.journal.RunFolder;
import dev.faultline.engine.journal.RunStore;
import dev.faultline.environment.kubernetes.ClusterUndo;
import dev.faultline.environment.kubernetes.Remain;
import dev.faultline.environment.kubernetes.Remain.State;
import dev.faultline.judge.Outcome;
import dev.faultline.model.environment.Kubernetes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What runs left in a cluster, whoever began them and wherever their journals are. */
final class ClusterLeftovers {

  private final Console console;

  ClusterLeftovers(Console console) {
    this.console = console;
  }

  /** Takes it back and tells it; gives the exit code. */
  int undo(Kubernetes place, Optional<String> run) throws IOException {
    List<Remain> remains = new ClusterUndo(place, Path.of("")).undo(run, onHere());
    remains.forEach(this::tell);
    record(remains);
    if (remains.isEmpty()) {
      console.err().line("Nothing to undo.");
    }
    boolean left = remains.stream().anyMatch(remain -> remain.state() == State.LEFT);
    if (left) {
      console.error("the undo is not proven", "something of ours is left, or may be", "");
    }
    return left ? Outcome.UNDO_NOT_PROVEN.exitCode() : 0;
  }

  /** A line of the audit log for each run that something was taken back of, or should have been. */
  private void record(List<Remain> remains) {
    Map<String, Boolean> proven = new TreeMap<>();
    for (Remain remain : remains) {
      if (remain.state() == State.UNDONE || remain.state() == State.LEFT) {
        boolean gone = remain.state() == State.UNDONE;
        boolean _ = proven.merge(remain.run(), gone, Boolean::logicalAnd);
      }
    }
    proven.forEach(
        (run, gone) -> {
          boolean _ = AuditTrail.of(console).tell(new Act.Undone(run, "cluster", gone));
        });
  }

  /** The runs that some process of this machine holds. */
  private Set<String> onHere() throws IOException {
    RunStore store = Setup.store(console);
    Set<String> on = new HashSet<>();
    for (RunFolder folder : store.all()) {
      if (store.isHeld(folder)) {
        on.add(folder.id());
      }
    }
    return on;
  }

  private void tell(Remain remain) {
    String whose = remain.run().isEmpty() ? "" : remain.run() + ": ";
    String head = "%s%s: ".formatted(Inert.text(whose), Inert.text(remain.what()));
    boolean left = remain.state() == State.LEFT;
    console
        .out()
        .wrapped(
            head,
            left ? Style.RED : Style.PLAIN,
            "%s (%s)".formatted(words(remain.state()), Inert.text(remain.words())));
  }

  private static String words(State state) {
    return switch (state) {
      case UNDONE -> "undone";
      case SUPERSEDED -> "superseded";
      case ALIVE -> "on";
      case UNSEEN -> "not looked at";
      case LEFT -> "NOT UNDONE";
    };
  }
}
