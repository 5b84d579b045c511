package dev.faultline.environment.kubernetes;

import dev.faultline.environment.hands.RunPlace;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.environment.Kubernetes;
import dev.faultline.model.route.Envoy;
import dev.faultline.model.route.Haproxy;
import dev.faultline.model.route.Nginx;
import dev.faultline.model.route.Replicas;
import dev.faultline.model.route.Route;
import dev.faultline.model.route.Weighted;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.RouteFit;
import dev.faultline.model.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Routes that are objects of a cluster, with the two halves of their fuses: a process on this
 * machine, and notes that the objects carry as long as it is armed. Thread-safe.
 */
final class Splits {

  private static final List<ObjectKind> KINDS =
      List.of(ObjectKind.DEPLOYMENT, ObjectKind.HTTP_ROUTE, ObjectKind.VIRTUAL_SERVICE);

  private final Api api;
  private final Kubernetes place;
  private final RunPlace run;
  private final ReplicaSplit replicas;
  private final WeightSplit weights;
  private final CanaryPods pods;

  Splits(Api api, Kubernetes place, RunPlace run) {
    this.api = api;
    this.place = place;
    this.run = run;
    this.replicas = new ReplicaSplit(api, run.runId());
    this.weights = new WeightSplit(api, run.runId());
    this.pods = new CanaryPods(api, run.runId());
  }

  /** Whether a fuse is one of two halves. */
  static boolean guards(String fuse) {
    return fuse.startsWith(Action.ArmFuse.NOTES);
  }

  Effect shift(Action.ShiftTraffic shift) throws ApiTrouble {
    return switch (shift.route()) {
      case Replicas route -> replicas.shift(route, shift.share());
      case Weighted route -> shift(route, shift);
      case Haproxy _, Nginx _, Envoy _ -> throw elsewhere(shift.route());
    };
  }

  /** The canary has its pods before it has its traffic. */
  private Effect shift(Weighted route, Action.ShiftTraffic shift) throws ApiTrouble {
    boolean comes = shift.share() > 0 || shift.match().isPresent() || shift.mirror().isPresent();
    Optional<Effect> hindrance =
        comes && route.scaled().isPresent()
            ? pods.come(
                route, route.scaled().get(), Math.max(shift.share(), shift.mirror().orElse(0.0)))
            : Optional.empty();
    return hindrance.isPresent() ? hindrance.get() : weights.shift(route, shift);
  }

  Answer status(Query.RouteStatus status) throws ApiTrouble {
    return switch (status.route()) {
      case Replicas route -> replicas.status(route);
      case Weighted route -> weights.status(route);
      case Haproxy _, Nginx _, Envoy _ -> throw elsewhere(status.route());
    };
  }

  /** How traffic is split where nothing is in the way of a shift of that run. */
  static Answer fit(Api api, String run, RouteFit fit) throws ApiTrouble {
    return switch (fit.route()) {
      case Replicas route -> new ReplicaSplit(api, run).fit(route);
      case Weighted route -> fit(api, run, fit, route);
      case Haproxy _, Nginx _, Envoy _ -> throw elsewhere(fit.route());
    };
  }

  private static Answer fit(Api api, String run, RouteFit fit, Weighted route) throws ApiTrouble {
    Optional<String> unfit =
        route.scaled().isPresent()
            ? new CanaryPods(api, run).unfit(route.scaled().get())
            : Optional.empty();
    return unfit.isPresent()
        ? new Answer.Unanswered(BlindReason.REFUSED, unfit.get())
        : new WeightSplit(api, run).fit(fit, route);
  }

  private static ApiTrouble elsewhere(Route route) {
    return new ApiTrouble(BlindReason.REFUSED, route.words() + " is no object of a cluster");
  }

  /** An object of a route that is there for sure. */
  private ObjectRef object(Route route) throws ApiTrouble {
    return switch (route) {
      case Replicas here -> replicas.objects(here).getFirst();
      case Weighted here -> weights.object(here);
      case Haproxy _, Nginx _, Envoy _ -> throw elsewhere(route);
    };
  }

  private void note(Route route, String fuse) throws ApiTrouble {
    switch (route) {
      case Replicas here -> replicas.note(here, fuse);
      case Weighted here -> {
        weights.note(here, fuse);
        if (here.scaled().isPresent()) {
          pods.note(here.scaled().get(), fuse);
        }
      }
      case Haproxy _, Nginx _, Envoy _ -> throw elsewhere(route);
    }
  }

  /**
   * Arms a fuse: its process first, so that nothing is ever noted that nothing watches over.
   *
   * @param here where its process is started
   */
  Effect arm(Action.ArmFuse arm, World here) throws ApiTrouble {
    Optional<Route> route =
        arm.actions().stream()
            .filter(Action.ShiftTraffic.class::isInstance)
            .map(action -> ((Action.ShiftTraffic) action).route())
            .filter(Route::ofCluster)
            .findFirst();
    if (route.isEmpty()) {
      return here.apply(arm);
    }
    SplitFuse fuse =
        new SplitFuse(
            SplitFuse.fixed(place, api),
            run.base(),
            run.runId(),
            SplitSide.MARK + arm.name(),
            object(route.get()));
    Effect armed =
        here.apply(new Action.ArmFuse(arm.name(), List.of(fuse.program(run.java())), arm.lease()));
    if (armed instanceof Effect.Done) {
      note(route.get(), arm.name());
    }
    return armed;
  }

  /** Ends the process, and takes the notes away; the canary's pods go, unless traffic is there. */
  Effect disarm(Action.DisarmFuse disarm, World here) throws ApiTrouble {
    Effect disarmed = here.apply(disarm);
    if (disarmed instanceof Effect.Failed) {
      return disarmed;
    }
    Effect settled = pods.settle(disarm.name());
    if (settled instanceof Effect.Failed) {
      return settled;
    }
    boolean _ =
        inAnyKind(
            kind -> {
              forget(kind, disarm.name());
              return true;
            });
    return settled instanceof Effect.Superseded ? settled : disarmed;
  }

  private void forget(ObjectKind kind, String fuse) throws ApiTrouble {
    if (kind == ObjectKind.DEPLOYMENT) {
      replicas.forget(fuse);
    } else {
      weights.forget(kind, fuse);
    }
  }

  /** It is armed while its process watches, and not armed once nothing is noted either. */
  Answer status(Query.FuseStatus status, World here) throws ApiTrouble {
    Answer process = here.ask(status);
    return process.equals(new Answer.FuseIs(false))
            && inAnyKind(kind -> isNoted(kind, status.name()))
        ? new Answer.Unanswered(
            BlindReason.NO_DATA, "its process is gone, and the notes of it are there still")
        : process;
  }

  private boolean isNoted(ObjectKind kind, String fuse) throws ApiTrouble {
    return kind == ObjectKind.DEPLOYMENT
        ? replicas.isNoted(fuse) || pods.isNoted(fuse)
        : !new NotedRoutes(api, run.runId()).of(kind, fuse).isEmpty();
  }

  private interface Look {
    boolean at(ObjectKind kind) throws ApiTrouble;
  }

  /**
   * Whether a look at some kind of object finds something: a fuse does not say which route it
   * guards. What the user may not list holds no route of theirs, unless they may list nothing.
   */
  private static boolean inAnyKind(Look look) throws ApiTrouble {
    boolean found = false;
    List<ApiTrouble> forbidden = new ArrayList<>();
    for (ObjectKind kind : KINDS) {
      try {
        found |= look.at(kind);
      } catch (ApiTrouble trouble) {
        if (!trouble.isForbidden()) {
          throw trouble;
        }
        forbidden.add(trouble);
      }
    }
    if (forbidden.size() == KINDS.size()) {
      throw forbidden.getFirst();
    }
    return found;
  }
}
