package dev.faultline.environment.remote;

import dev.faultline.model.codec.OneOf;
import dev.faultline.model.environment.Local.LocalProcess;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Target;
import java.util.Map;

/** What the program on a host is asked for. */
sealed interface Request {

  /**
   * The first request of every connection.
   *
   * @param run whose marks all carries
   * @param processes how processes are found there
   */
  record Begin(String run, Map<String, LocalProcess> processes) implements Request {
    public Begin {
      processes = Map.copyOf(processes);
    }
  }

  /** What a target stands for. */
  record Find(Target target) implements Request {}

  /** To change something. */
  record Apply(Action action) implements Request {}

  /** To tell something. */
  record Ask(Query query) implements Request {}

  /**
   * A request on its way: one line of JSON.
   *
   * @param id which the reply bears too
   */
  record Call(long id, @OneOf Request request) {}
}
