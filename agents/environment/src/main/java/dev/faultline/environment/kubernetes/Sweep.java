package dev.faultline.environment.kubernetes;

import dev.faultline.environment.kubernetes.Remain.State;
import dev.faultline.model.cluster.FieldChange;
import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.world.Effect;
import dev.faultline.node.cluster.ObjectUndo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** One look through a cluster for what runs left there, which takes all of it back. */
final class Sweep {

  private static final String AGAIN = "; when that is mended, undo again";

  private final Api api;
  private final Optional<String> namespace;
  private final Optional<String> run;
  private final Set<String> on;
  private final Set<String> renewing = new HashSet<>();
  private final List<Remain> remains = new ArrayList<>();

  /**
   * A look at a namespace, and at the nodes as far as one may; at all of the cluster when empty.
   *
   * @param run of which run; of all when empty
   * @param on the runs that are known to be on
   */
  Sweep(Api api, Optional<String> namespace, Optional<String> run, Set<String> on) {
    this.api = api;
    this.namespace = namespace;
    this.run = run;
    this.on = on;
  }

  List<Remain> undo() {
    FusesLeft fuses = new FusesLeft(api, namespace);
    try {
      renewing.addAll(fuses.renewing(this::isOn));
    } catch (ApiTrouble trouble) {
      unlisted("leases", true, trouble);
    }
    Marks.KINDS.forEach(this::marked);
    loads();
    agents();
    fuses(fuses);
    return List.copyOf(remains);
  }

  /** A fuse whose change could not be taken back stays: it will try, too. */
  private void fuses(FusesLeft fuses) {
    Set<String> left =
        remains.stream()
            .filter(remain -> remain.state() == State.LEFT)
            .map(remain -> ObjectUndo.label(remain.run()))
            .collect(Collectors.toSet());
    try {
      remains.addAll(fuses.remove(label -> !isMeant(label) || isOn(label) || left.contains(label)));
    } catch (ApiTrouble trouble) {
      if (!trouble.isForbidden()) {
        unlisted("fuses", true, trouble);
      }
    }
  }

  private void marked(ObjectKind kind) {
    try {
      new Marks(api).carrying(kind, namespace).forEach(object -> marked(kind, object));
    } catch (ApiTrouble trouble) {
      unlisted(kind.resource(), !kind.namespaced() || kind.optional(), trouble);
    }
  }

  /**
   * Whoever may not list nodes, or routes that not every cluster knows, cannot have changed one:
   * where all was asked for, that is a gap.
   *
   * @param seldom whether they are such
   */
  private void unlisted(String what, boolean seldom, ApiTrouble trouble) {
    boolean beyond = seldom && namespace.isPresent() && trouble.isForbidden();
    String fix =
        trouble.isForbidden() && namespace.isEmpty()
            ? "; name a namespace with --namespace, or ask somebody who may look at all of them"
            : AGAIN;
    remains.add(
        new Remain(
            "",
            what,
            beyond ? State.UNSEEN : State.LEFT,
            "what of ours is there is not known: " + trouble.words() + fix));
  }

  private void marked(ObjectKind kind, JsonNode object) {
    ObjectRef ref = Marks.ref(kind, object.path("metadata"));
    String label = object.path("metadata").path("labels").path(UndoNote.LABEL).asString("");
    try {
      List<UndoNote.Entry> entries = UndoNote.of(object).entries();
      if (entries.isEmpty() && isMeant(label)) {
        add(label, ref, State.LEFT, "its annotation with what undoes it is gone" + byHand(ref));
      }
      // The newest first: each finds what the one before it left.
      entries.reversed().stream()
          .filter(entry -> run.isEmpty() || run.get().equals(entry.run()))
          .forEach(entry -> undo(ref, entry));
    } catch (ApiTrouble foreign) {
      if (isMeant(label)) {
        add(label, ref, State.LEFT, foreign.words() + byHand(ref));
      }
    }
  }

  private boolean isMeant(String label) {
    return run.isEmpty() || ObjectUndo.label(run.get()).equals(label);
  }

  /** Whether a run is on, by its id or by the label that it has. */
  private boolean isOn(String idOrLabel) {
    return renewing.contains(ObjectUndo.label(idOrLabel))
        || on.stream().map(ObjectUndo::label).anyMatch(ObjectUndo.label(idOrLabel)::equals);
  }

  /** What only a person can mend. */
  private static String byHand(ObjectRef object) {
    String where = object.namespace().isEmpty() ? "" : " -n " + object.namespace();
    String what = "%s %s%s".formatted(object.kind().resource(), object.name(), where);
    return ("; set it back by hand, or with the Faultline that wrote it, then"
            + " 'kubectl annotate %s %s-' and 'kubectl label %s %s-'")
        .formatted(what, UndoNote.ANNOTATION, what, UndoNote.LABEL);
  }

  private void undo(ObjectRef ref, UndoNote.Entry entry) {
    if (isOn(entry.run())) {
      add(entry.run(), ref, State.ALIVE, "its run is on, and was left alone");
      return;
    }
    try {
      switch (new Reversal(api, entry.run()).of(new Marks.Found(ref, entry.run(), entry.mark()))) {
        case Effect.Done _ -> shown(ref, entry);
        case Effect.Superseded other -> add(entry.run(), ref, State.SUPERSEDED, other.detail());
        case Effect.Failed failed -> add(entry.run(), ref, State.LEFT, failed.detail() + AGAIN);
      }
    } catch (ApiTrouble trouble) {
      add(entry.run(), ref, State.LEFT, trouble.words() + AGAIN);
    }
  }

  private void shown(ObjectRef ref, UndoNote.Entry entry) throws ApiTrouble {
    Reply seen = api.get(ApiPaths.of(ref));
    if (seen.isMissing()) {
      add(entry.run(), ref, State.SUPERSEDED, "it is gone");
      return;
    }
    if (!seen.ok()) {
      throw seen.trouble();
    }
    boolean marked = UndoNote.of(seen.json()).find(entry.run(), entry.mark()).isPresent();
    add(
        entry.run(),
        ref,
        marked ? State.LEFT : State.UNDONE,
        marked
            ? "it carries its mark again" + AGAIN
            : entry.changes().stream()
                .map(FieldChange::backWords)
                .collect(Collectors.joining(", ", "set ", "")));
  }

  /** Whoever may not list Jobs cannot have had a load made in the cluster. */
  private void loads() {
    try {
      new LoadsLeft(api, namespace).end(label -> !isMeant(label), this::isOn).forEach(remains::add);
    } catch (ApiTrouble trouble) {
      if (!trouble.isForbidden()) {
        unlisted("loads", false, trouble);
      }
    }
  }

  private void agents() {
    try {
      new AgentsLeft(api, namespace)
          .end(label -> !isMeant(label), this::isOn)
          .forEach(remains::add);
    } catch (ApiTrouble trouble) {
      unlisted("pods of agents", false, trouble);
    }
  }

  private void add(String whose, ObjectRef what, State state, String words) {
    String where = what.namespace().isEmpty() ? "" : " in " + what.namespace();
    remains.add(new Remain(whose, what.words() + where, state, words));
  }
}
