package dev.faultline.environment.route;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.route.Envoy;
import dev.faultline.model.route.Haproxy;
import dev.faultline.model.route.Match;
import dev.faultline.model.route.Nginx;
import dev.faultline.model.route.Replicas;
import dev.faultline.model.route.Route;
import dev.faultline.model.route.Weighted;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Query.CommandStatus;
import dev.faultline.model.world.RouteReading;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The routers of one machine. Thread-safe.
 *
 * @param folder where paths start
 * @param expand replaces placeholders in paths and addresses
 * @param programs runs a program of the user's: no shell, bounded in time and output
 */
public record Routes(
    Path folder, UnaryOperator<String> expand, Function<CommandStatus, Answer> programs) {

  /** Splits traffic. */
  public Effect shift(Action.ShiftTraffic shift) {
    try {
      double set =
          switch (shift.route()) {
            case Haproxy there ->
                set(haproxy(there), shift.share(), shift.match().map(Match::is).orElse(List.of()));
            case Nginx there -> set(nginx(there), NginxShift.of(shift.share(), shift.match()));
            case Envoy there -> envoy(there).set(EnvoyShift.of(shift));
            case Replicas there -> throw ofCluster(there);
            case Weighted there -> throw ofCluster(there);
          };
      return new Effect.Done(
          "%s to %s".formatted(RouteReading.percent(set), shift.route().canaryName()));
    } catch (RouterTrouble trouble) {
      return new Effect.Failed(String.valueOf(trouble.getMessage()));
    } catch (IllegalArgumentException unfit) {
      return new Effect.Failed(String.valueOf(unfit.getMessage()));
    }
  }

  private static IllegalArgumentException ofCluster(Route route) {
    return new IllegalArgumentException(route.words() + " would be of a cluster, and none is here");
  }

  private static double set(HaproxyRuntime router, double share, List<String> matched)
      throws RouterTrouble {
    Weights weights = Weights.of(share);
    router.set(weights, matched);
    return weights.share();
  }

  private static double set(NginxFile router, NginxShift shift) throws RouterTrouble {
    router.set(shift);
    return shift.share();
  }

  /** How traffic is split. */
  public Answer status(Query.RouteStatus status) {
    try {
      return new Answer.RouteIs(
          switch (status.route()) {
            case Haproxy there -> reading(there, haproxy(there));
            case Nginx there -> nginx(there).read();
            case Envoy there -> reading(there, envoy(there).read());
            case Replicas there -> throw ofCluster(there);
            case Weighted there -> throw ofCluster(there);
          });
    } catch (RouterTrouble trouble) {
      return new Answer.Unanswered(reason(trouble.kind()), String.valueOf(trouble.getMessage()));
    } catch (IllegalArgumentException unfit) {
      return new Answer.Unanswered(BlindReason.REFUSED, String.valueOf(unfit.getMessage()));
    }
  }

  private static RouteReading reading(Haproxy route, HaproxyRuntime router) throws RouterTrouble {
    BackendReading now = router.read();
    if (route.sticky().isPresent()) {
      router.requireHash(route.sticky().get());
    }
    List<String> matched = router.matched();
    return new RouteReading(
        now.share(),
        route
            .matched()
            .filter(_ -> !matched.isEmpty())
            .map(list -> new Match(list.header(), list.cookie(), list.address(), matched)),
        now.stable().serves(),
        now.canary().serves());
  }

  private static RouteReading reading(Envoy route, EnvoyReading now) {
    return new RouteReading(
        now.share(),
        route
            .matched()
            .filter(_ -> !now.matched().isEmpty())
            .map(
                routes -> new Match(Optional.of(routes.header()), Optional.empty(), now.matched())),
        Optional.of(now.copies()).filter(copies -> copies > 0),
        now.stable().serves(),
        now.canary().serves());
  }

  private static BlindReason reason(RouterTrouble.Kind kind) {
    return switch (kind) {
      case ABSENT, NOT_A_SOCKET, NOBODY -> BlindReason.UNREACHABLE;
      case SILENT -> BlindReason.TIMEOUT;
      case DENIED,
          NOT_ADMIN,
          NO_BACKEND,
          NO_SERVER,
          NO_LIST,
          FIXED_WEIGHTS,
          NOT_STICKY,
          OTHERS_SERVE,
          FOREIGN,
          CHANGED,
          NOT_TAKEN ->
          BlindReason.REFUSED;
      case UNCLEAR -> BlindReason.MALFORMED;
    };
  }

  /**
   * The API of a HAProxy.
   *
   * @throws IllegalArgumentException when its path is none
   */
  public HaproxyRuntime haproxy(Haproxy there) {
    return new HaproxyRuntime(
        path(there.socket()),
        there.backend(),
        there.stable(),
        there.canary(),
        // The name in HAProxy's configuration, whatever folder that is relative to.
        there.matched().map(list -> expand.apply(list.file())));
  }

  /**
   * The file of an Nginx.
   *
   * @throws IllegalArgumentException when its path is none, or a placeholder stands for no address
   */
  public NginxFile nginx(Nginx there) {
    return new NginxFile(
        path(there.include()),
        new NginxSplit(
            there.upstream(), expanded(there.stable()), expanded(there.canary()), there.sticky()),
        there.test(),
        there.reload(),
        new NginxWorkers(path(there.pidFile())),
        programs);
  }

  /**
   * The runtime of an Envoy.
   *
   * @throws IllegalArgumentException when a placeholder stands for no address
   */
  public EnvoyRuntime envoy(Envoy there) {
    return new EnvoyRuntime(
        expand.apply(there.admin()),
        there.runtimeKeyPrefix(),
        there.stable(),
        there.canary(),
        there.matched(),
        there.mirrored(),
        there.sticky());
  }

  private List<String> expanded(List<String> written) {
    return written.stream().map(expand).toList();
  }

  private Path path(String written) {
    try {
      return folder.resolve(expand.apply(written)).toAbsolutePath().normalize();
    } catch (InvalidPathException none) {
      throw new IllegalArgumentException("no file can be called that: " + written, none);
    }
  }
}
