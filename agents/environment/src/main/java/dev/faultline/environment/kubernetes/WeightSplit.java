package dev.faultline.environment.kubernetes;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.cluster.FieldChange;
import dev.faultline.model.cluster.ObjectField;
import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.route.Match;
import dev.faultline.model.route.Weighted;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.RouteFit;
import dev.faultline.model.world.RouteReading;
import dev.faultline.node.cluster.WeightedRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Splits traffic by the weights of a route: an HTTPRoute, or a VirtualService.
 *
 * <p>The object carries a note of its weights before, written before the first shift; each later
 * write changes weights and note together, for the version of the object that was seen. Without the
 * note no traffic is shifted, and weights that somebody else set are left alone, on the way back as
 * well. Thread-safe.
 */
final class WeightSplit {

  /** The kinds of routes that are split so. */
  static final List<ObjectKind> KINDS = List.of(ObjectKind.HTTP_ROUTE, ObjectKind.VIRTUAL_SERVICE);

  private static final int LOOKS = 5;

  private final Api api;
  private final String run;
  private final Backends backends;
  private final NotedRoutes noted;

  WeightSplit(Api api, String run) {
    this.api = api;
    this.run = run;
    this.backends = new Backends(api, api.namespace());
    this.noted = new NotedRoutes(api, run);
  }

  private WeightedRoute read(Weighted route) throws ApiTrouble {
    return WeightedRoute.read(api, route.kind(), route.object(), route.weights());
  }

  /** The object as it is now, for whoever may act for this run later. */
  ObjectRef object(Weighted route) throws ApiTrouble {
    return read(route).ref();
  }

  /** Notes how it is, whatever it becomes: nothing else changes. */
  void note(Weighted route, String fuse) throws ApiTrouble {
    SplitSide.Key key = new SplitSide.Key(run, SplitSide.MARK + fuse);
    Effect _ =
        write(
            read(route),
            seen ->
                Wanted.as(
                    seen,
                    seen.notes().find(run, key.mark()).isPresent()
                        ? seen.notes()
                        : seen.notes()
                            .with(seen.entry(key, seen.stated(), seen.stated(), List.of()))),
            "noted");
  }

  /** Splits traffic; nothing of it goes to the canary where the share is 0 and nothing matches. */
  Effect shift(Weighted route, Action.ShiftTraffic shift) throws ApiTrouble {
    WeightedRoute first = read(route);
    if (shift.share() == 0 && shift.match().isEmpty() && shift.mirror().isEmpty()) {
      return back(first);
    }
    return write(
        first,
        seen -> onto(seen, route, shift),
        "%s gets %s of it%s%s"
            .formatted(
                route.canaryName(),
                RouteReading.percent((double) route.ofCanary(shift.share()) / route.total()),
                shift.match().map(one -> ", and requests with " + one.words()).orElse(""),
                shift
                    .mirror()
                    .map(part -> ", and copies of " + RouteReading.percent(part))
                    .orElse("")));
  }

  private Wanted onto(WeightedRoute seen, Weighted route, Action.ShiftTraffic shift)
      throws ApiTrouble {
    UndoNote.Entry entry =
        seen.entry(run)
            .orElseThrow(
                () ->
                    new ApiTrouble(
                        BlindReason.REFUSED,
                        "%s carries no note of this run: all traffic was sent to %s meanwhile"
                            .formatted(seen.words(), route.stableName())));
    requireOurs(seen, entry);
    int canary = route.ofCanary(shift.share());
    Optional<String> was = WeightedRoute.noted(entry, FieldChange::was);
    Optional<String> weights = canary == 0 ? was : seen.stating(route.total() - canary, canary);
    Optional<ObjectField.Matched> before = RouteMatch.noted(entry);
    Optional<ObjectField.Matched> matched =
        shift.match().isPresent()
            ? Optional.of(RouteMatch.field(seen, shift.match().get(), before))
            : Optional.empty();
    Optional<ObjectField.Mirrored> mirrored =
        shift.mirror().map(copies -> RouteMirror.field(seen, copies));
    List<FieldChange> rules = new ArrayList<>(mirrorChanges(seen, entry, mirrored));
    before
        .filter(one -> !matched.equals(before) && RouteMatch.isOn(seen, one))
        .map(RouteMatch::off)
        .ifPresent(rules::add);
    matched
        .filter(one -> !matched.equals(before) || !RouteMatch.isOn(seen, one))
        .map(RouteMatch::on)
        .ifPresent(rules::add);
    SplitSide.Key key = new SplitSide.Key(run, entry.mark());
    return new Wanted(
        weights,
        rules,
        seen.notes().replacing(seen.entry(key, was, weights, came(matched, mirrored))));
  }

  /** What comes and goes of mirrors: first, as rules for matched requests are copies of others. */
  private static List<FieldChange> mirrorChanges(
      WeightedRoute seen, UndoNote.Entry entry, Optional<ObjectField.Mirrored> wanted) {
    Optional<ObjectField.Mirrored> before = RouteMirror.noted(entry);
    if (wanted.isPresent()) {
      boolean there = wanted.equals(before) && RouteMirror.isOn(seen, wanted.get());
      return there ? List.of() : List.of(RouteMirror.on(wanted.get()));
    }
    return before.filter(one -> RouteMirror.isOn(seen, one)).map(RouteMirror::off).stream()
        .toList();
  }

  private static List<FieldChange> came(
      Optional<ObjectField.Matched> matched, Optional<ObjectField.Mirrored> mirrored) {
    return Stream.concat(
            matched.map(RouteMatch::on).stream(), mirrored.map(RouteMirror::on).stream())
        .toList();
  }

  private static void requireOurs(WeightedRoute seen, UndoNote.Entry entry) throws ApiTrouble {
    if (!WeightedRoute.noted(entry, FieldChange::is).equals(seen.stated())) {
      throw new ApiTrouble(BlindReason.REFUSED, foreign(seen));
    }
    Optional<ObjectField.Matched> matched = RouteMatch.noted(entry);
    if (matched.isPresent() && !RouteMatch.isOn(seen, matched.get())) {
      throw new ApiTrouble(BlindReason.REFUSED, foreign(seen, matched.get()));
    }
  }

  private static String foreign(WeightedRoute seen, ObjectField.Matched matched) {
    return "somebody else changed the %s in %s".formatted(matched.words(), seen.words());
  }

  private static String foreign(WeightedRoute seen) {
    return "somebody else set the %s in %s to %s"
        .formatted(seen.field().words(), seen.words(), seen.stated().orElse("none"));
  }

  /** Sends all traffic back, unless nobody would answer it there, or it is somebody else's now. */
  private Effect back(WeightedRoute first) throws ApiTrouble {
    Optional<UndoNote.Entry> noted = first.entry(run);
    if (noted.isEmpty()) {
      return new Changes(api, run).restore(first.ref(), SplitSide.MARK);
    }
    Optional<Effect> alone = alone(first);
    Optional<String> left = left(first, noted.get());
    if (alone.isPresent() && left.isEmpty()) {
      return alone.get();
    }
    Effect done =
        write(
            first,
            seen -> backFrom(seen, seen.entry(run).orElse(noted.get())),
            "all of it goes to " + first.field().stable());
    return left.isPresent() && done instanceof Effect.Done
        ? new Effect.Superseded(left.get() + ", which is left alone")
        : done;
  }

  /** What is somebody else's by now; everything that is ours goes, whatever else is not. */
  private static Optional<String> left(WeightedRoute seen, UndoNote.Entry noted) {
    return isForeign(seen, noted)
        ? Optional.of(foreign(seen))
        : RouteMatch.noted(noted)
            .filter(one -> RouteMatch.isChanged(seen, one))
            .map(one -> foreign(seen, one));
  }

  /** Whether the weights are neither those that were set nor those from before. */
  private static boolean isForeign(WeightedRoute seen, UndoNote.Entry noted) {
    return !WeightedRoute.noted(noted, FieldChange::is).equals(seen.stated())
        && !WeightedRoute.noted(noted, FieldChange::was).equals(seen.stated());
  }

  private Wanted backFrom(WeightedRoute seen, UndoNote.Entry noted) {
    Optional<String> was = WeightedRoute.noted(noted, FieldChange::was);
    Optional<ObjectField.Matched> matched = RouteMatch.noted(noted);
    boolean foreign = isForeign(seen, noted);
    Optional<String> is = foreign ? WeightedRoute.noted(noted, FieldChange::is) : was;
    SplitSide.Key key = new SplitSide.Key(run, noted.mark());
    List<FieldChange> off = new ArrayList<>(mirrorChanges(seen, noted, Optional.empty()));
    matched.filter(one -> RouteMatch.isOn(seen, one)).map(RouteMatch::off).ifPresent(off::add);
    return new Wanted(
        foreign ? seen.stated() : was,
        off,
        seen.entry(run).isPresent()
            ? seen.notes()
                .replacing(
                    seen.entry(
                        key,
                        was,
                        is,
                        came(
                            matched.filter(one -> RouteMatch.isChanged(seen, one)),
                            Optional.empty())))
            : seen.notes());
  }

  /** Why the canary stays: one that fails some is better than nobody who answers. */
  private Optional<Effect> alone(WeightedRoute seen) throws ApiTrouble {
    String stable = seen.field().stable();
    String canary = seen.field().canary();
    Backends there = new Backends(api, seen.ref().namespace());
    return noted.giveCanary(seen) && there.onlyOther(stable, canary)
        ? Optional.of(
            new Effect.Failed(
                "nothing of %s is ready; until something is, %s keeps its traffic: it would be missed more"
                    .formatted(stable, canary)))
        : Optional.empty();
  }

  /** Sends all traffic back by what the object carries itself, which then carries nothing. */
  Effect takeBack(Marks.Found found) throws ApiTrouble {
    Reply seen = api.get(ApiPaths.of(found.object()));
    if (seen.ok()) {
      Optional<ObjectField.Weights> field = noted.field(seen.json(), found.mark());
      if (field.isPresent()) {
        Optional<Effect> alone =
            alone(WeightedRoute.of(found.object().kind(), seen.json(), field.get()));
        if (alone.isPresent()) {
          return alone.get();
        }
      }
    }
    return new Changes(api, run).restore(found.object(), found.mark());
  }

  /** Takes the notes away, and leaves all weights as they are. */
  void forget(ObjectKind kind, String fuse) throws ApiTrouble {
    for (Marks.Found found : noted.of(kind, fuse)) {
      Reply seen = api.get(ApiPaths.of(found.object()));
      Optional<ObjectField.Weights> field =
          seen.ok() ? noted.field(seen.json(), found.mark()) : Optional.empty();
      if (field.isPresent()) {
        Effect _ =
            write(
                WeightedRoute.of(found.object().kind(), seen.json(), field.get()),
                now -> Wanted.as(now, now.notes().without(run, found.mark())),
                "forgotten");
      }
    }
  }

  /** What an object is to be. */
  private record Wanted(Optional<String> weights, List<FieldChange> rules, UndoNote notes) {

    /** As it is, with these notes. */
    static Wanted as(WeightedRoute seen, UndoNote notes) {
      return new Wanted(seen.stated(), List.of(), notes);
    }

    boolean isSo(WeightedRoute seen) {
      return rules.isEmpty() && seen.stated().equals(weights) && seen.notes().equals(notes);
    }
  }

  private interface By {
    Wanted of(WeightedRoute seen) throws ApiTrouble;
  }

  /** Writes until that was the newest version. */
  private Effect write(WeightedRoute first, By by, String done) throws ApiTrouble {
    WeightedRoute seen = first;
    for (int look = 0; look < LOOKS; look++) {
      Wanted wanted = by.of(seen);
      if (wanted.isSo(seen)) {
        return new Effect.Done(done);
      }
      String path = ApiPaths.of(seen.ref());
      Reply reply = api.patch(path, seen.patch(wanted.weights(), wanted.rules(), wanted.notes()));
      if (reply.ok()) {
        return new Effect.Done(done);
      }
      if (!reply.isConflict()) {
        throw reply.trouble();
      }
      seen = WeightedRoute.read(api, seen.kind(), seen.ref().name(), seen.field());
    }
    throw new ApiTrouble(
        BlindReason.REFUSED,
        "%s is changed by others all the time: %d writes came too late"
            .formatted(first.words(), LOOKS));
  }

  /** How traffic is split, as soon as that is in force; endpoints that are not told may serve. */
  Answer status(Weighted route) throws ApiTrouble {
    WeightedRoute seen = read(route);
    Optional<Match> match =
        seen.entry(run)
            .flatMap(RouteMatch::noted)
            .filter(one -> RouteMatch.stated(seen, one).isPresent())
            .map(RouteMatch::match);
    return seen.reading(
        match, backends.mayServe(seen.field().stable()), backends.mayServe(seen.field().canary()));
  }

  /** The same where nothing is in the way of a shift. */
  Answer fit(RouteFit fit, Weighted route) throws ApiTrouble {
    WeightedRoute seen = read(route);
    Optional<String> mirrors = fit.mirror() ? RouteMirror.refusal(seen) : Optional.empty();
    Optional<String> unfit =
        unfit(seen)
            .or(() -> fit.match().flatMap(one -> RouteMatch.refusal(seen, one)))
            .or(() -> mirrors);
    return unfit.isPresent()
        ? new Answer.Unanswered(BlindReason.REFUSED, unfit.get())
        : seen.reading(
            Optional.empty(),
            backends.serves(seen.field().stable()),
            backends.serves(seen.field().canary()));
  }

  private Optional<String> unfit(WeightedRoute seen) throws ApiTrouble {
    Optional<String> taken = UndoNote.taken(seen.object(), run);
    if (taken.isPresent()) {
      return taken.map(why -> "%s: %s".formatted(seen.words(), why));
    }
    for (WeightedRules.Rule rule : seen.split()) {
      if (!rule.others().isEmpty()) {
        return Optional.of(
            "rule %d of %s leads to %s as well; take it out of that rule, or give it the weight 0"
                .formatted(rule.number(), seen.words(), String.join(", ", rule.others())));
      }
    }
    return new RouteTaken(seen.object()).missing(true);
  }
}
