package dev.faultline.environment.route;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.route.Haproxy;
import dev.faultline.model.route.Route;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.RouteReading;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * The routers of one machine. Thread-safe.
 *
 * @param folder where paths start
 * @param expand replaces placeholders in paths
 */
public record Routes(Path folder, UnaryOperator<String> expand) {

  /** Splits traffic. */
  public Effect shift(Action.ShiftTraffic shift) {
    try {
      Weights weights = Weights.of(shift.share());
      haproxy(shift.route()).set(weights);
      return new Effect.Done(
          "%s to %s".formatted(RouteReading.percent(weights.share()), shift.route().canary()));
    } catch (RouterTrouble trouble) {
      return new Effect.Failed(String.valueOf(trouble.getMessage()));
    } catch (IllegalArgumentException unfit) {
      return new Effect.Failed(String.valueOf(unfit.getMessage()));
    }
  }

  /** How traffic is split. */
  public Answer status(Query.RouteStatus status) {
    try {
      BackendReading now = haproxy(status.route()).read();
      return new Answer.RouteIs(
          new RouteReading(now.share(), now.stable().serves(), now.canary().serves()));
    } catch (RouterTrouble trouble) {
      return new Answer.Unanswered(reason(trouble.kind()), String.valueOf(trouble.getMessage()));
    } catch (IllegalArgumentException unfit) {
      return new Answer.Unanswered(BlindReason.REFUSED, String.valueOf(unfit.getMessage()));
    }
  }

  private static BlindReason reason(RouterTrouble.Kind kind) {
    return switch (kind) {
      case ABSENT, NOT_A_SOCKET, NOBODY -> BlindReason.UNREACHABLE;
      case SILENT -> BlindReason.TIMEOUT;
      case DENIED, NOT_ADMIN, NO_BACKEND, NO_SERVER, FIXED_WEIGHTS, OTHERS_SERVE ->
          BlindReason.REFUSED;
      case UNCLEAR -> BlindReason.MALFORMED;
    };
  }

  /**
   * The API of a router.
   *
   * @throws IllegalArgumentException when its path is none
   */
  public HaproxyRuntime haproxy(Route route) {
    return switch (route) {
      case Haproxy there ->
          new HaproxyRuntime(path(there.socket()), there.backend(), there.stable(), there.canary());
    };
  }

  private Path path(String written) {
    try {
      return folder.resolve(expand.apply(written)).toAbsolutePath().normalize();
    } catch (InvalidPathException none) {
      throw new IllegalArgumentException("no file can be called that: " + written, none);
    }
  }
}
