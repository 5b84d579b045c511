package dev.faultline.environment.remote;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.environment.Local.LocalProcess;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Facts;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Target;
import dev.faultline.model.world.World;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One other machine, connected to when it is first needed, and again when the connection was lost:
 * what was in force there has ended by then, or ends by its fuses. Thread-safe.
 */
final class RemoteHost implements World, AutoCloseable {

  private static final Duration RENEWAL = Duration.ofSeconds(2);
  private static final Duration BEGIN = Duration.ofSeconds(30);
  private static final Duration SOME = Duration.ofSeconds(40);
  private static final Duration BESIDES = Duration.ofSeconds(15);
  private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

  private final String name;
  private final Request.Begin begin;
  private final Connector connector;
  private volatile @Nullable Connection connection;
  private volatile boolean touched;
  private String failure = "";
  private long failedAt;

  RemoteHost(String name, String run, Map<String, LocalProcess> processes, Connector connector) {
    this.name = name;
    this.begin = new Request.Begin(run, processes);
    this.connector = connector;
  }

  private synchronized Connection connected(boolean touches) throws LostConnection {
    Connection open = connection;
    if (open == null || open.lost().isPresent()) {
      if (!failure.isEmpty() && System.nanoTime() - failedAt < TRY_AGAIN.toNanos()) {
        throw new LostConnection(failure);
      }
      close();
      open = connect();
      connection = open;
      touched = false;
    }
    touched |= touches;
    return open;
  }

  private Connection connect() throws LostConnection {
    try {
      Connection fresh = connector.connect();
      try {
        require(Reply.Begun.class, fresh.call(begin, BEGIN));
      } catch (LostConnection refused) {
        fresh.close();
        throw refused;
      }
      failure = "";
      return fresh;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new LostConnection("interrupted", interrupted);
    } catch (IOException unreachable) {
      failure = String.valueOf(unreachable.getMessage());
      failedAt = System.nanoTime();
      throw new LostConnection(failure, unreachable);
    }
  }

  private static <R extends Reply> R require(Class<R> kind, Reply reply) throws LostConnection {
    if (!kind.isInstance(reply)) {
      throw new LostConnection(
          reply instanceof Reply.Refused(String why) ? why : "another reply than was asked for");
    }
    return kind.cast(reply);
  }

  @Override
  public Facts facts(Target target) {
    try {
      return require(Reply.Found.class, connected(false).call(new Request.Find(target), SOME))
          .facts();
    } catch (LostConnection lost) {
      return new Facts(List.of(), target.names(), List.of());
    }
  }

  @Override
  public Effect apply(Action action) {
    try {
      return require(
              Reply.Applied.class, connected(true).call(new Request.Apply(action), within(action)))
          .effect();
    } catch (LostConnection lost) {
      return new Effect.Failed("host %s: %s".formatted(name, lost.getMessage()));
    }
  }

  private static Duration within(Action action) {
    return action instanceof Action.RunCommand run ? run.timeout().plus(BESIDES) : SOME;
  }

  @Override
  public Answer ask(Query query) {
    Duration within =
        query instanceof Query.CommandStatus command ? command.timeout().plus(BESIDES) : SOME;
    try {
      return require(Reply.Answered.class, connected(false).call(new Request.Ask(query), within))
          .answer();
    } catch (LostConnection lost) {
      return new Answer.Unanswered(
          BlindReason.UNREACHABLE, "host %s: %s".formatted(name, lost.getMessage()));
    }
  }

  /** Prolongs the leases there. Where nothing was touched, a connection may be lost. */
  Effect renew() {
    Optional<Connection> open = open();
    Optional<String> lost = open.flatMap(Connection::lost);
    if (open.isEmpty() || (lost.isPresent() && !isTouched())) {
      return new Effect.Done("nothing is in force on host " + name);
    }
    if (lost.isPresent()) {
      return new Effect.Superseded("host %s: %s".formatted(name, lost.get()));
    }
    try {
      return require(
              Reply.Applied.class,
              open.get().call(new Request.Apply(new Action.RenewLease()), RENEWAL))
          .effect();
    } catch (LostConnection late) {
      return new Effect.Failed("host %s: %s".formatted(name, late.getMessage()));
    }
  }

  // Not synchronized with connecting, which takes its time: a lease cannot wait for that.
  private Optional<Connection> open() {
    return Optional.ofNullable(connection);
  }

  private boolean isTouched() {
    return touched;
  }

  /** Ends the connection, and with it all that is in force there but fuses. */
  @Override
  public void close() {
    open().ifPresent(Connection::close);
  }
}
