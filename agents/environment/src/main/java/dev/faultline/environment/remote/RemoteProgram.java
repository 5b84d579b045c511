package dev.faultline.environment.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.faultline.model.codec.Codec;
import dev.faultline.model.codec.InvalidValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.core.JacksonException;

/**
 * The hands on a host: serves the requests that come in by standard input, several at a time, and
 * replies on standard output, each in one line of JSON.
 *
 * <p>When its input ends, or nobody has asked for anything for a minute, it ends everything that it
 * has put in force, and itself. The fuses that it armed are detached, and act by themselves.
 */
public final class RemoteProgram {

  private static final int NOT_BEGUN = 2;
  private static final int UNHEARD = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final BufferedReader requests;
  private final PrintStream replies;
  private final Silence silence;

  private RemoteProgram(InputStream in, PrintStream replies) {
    this.requests = new BufferedReader(new InputStreamReader(in, UTF_8));
    this.replies = replies;
    this.silence = new Silence(PATIENCE);
  }

  /** Serves until its input ends. Takes no arguments. */
  public static void main(String[] args) throws IOException {
    PrintStream replies = System.out;
    // Nothing else may come between the replies.
    System.setOut(System.err);
    int code =
        new RemoteProgram(System.in, new PrintStream(replies, true, UTF_8)).serve() ? 0 : NOT_BEGUN;
    Runtime.getRuntime().halt(code);
  }

  /** Returns whether it was begun as it should. */
  private boolean serve() throws IOException {
    Optional<Request.Call> first = next();
    if (first.isEmpty() || !(first.get().request() instanceof Request.Begin begin)) {
      return false;
    }
    // The hands close first, which ends what the workers would be waited for.
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
        HostHands hands = hands(begin)) {
      silence.watch(() -> end(hands));
      reply(first.get().id(), new Reply.Begun());
      for (Optional<Request.Call> call = next(); call.isPresent(); call = next()) {
        Request.Call one = call.get();
        workers.execute(() -> reply(one.id(), hands.meet(one.request())));
      }
    }
    return true;
  }

  private static HostHands hands(Request.Begin begin) throws IOException {
    return HostHands.of(
        begin, Optional.ofNullable(System.getenv("XDG_STATE_HOME")), System.err::println);
  }

  private static void end(HostHands hands) {
    hands.close();
    Runtime.getRuntime().halt(UNHEARD);
  }

  private Optional<Request.Call> next() throws IOException {
    String line = requests.readLine();
    silence.broken();
    try {
      return line == null
          ? Optional.empty()
          : Optional.of(Codec.whole(Request.Call.class).readValue(line));
    } catch (JacksonException | InvalidValue foreign) {
      System.err.println("this is no request of Faultline: " + foreign.getMessage());
      return Optional.empty();
    }
  }

  private synchronized void reply(long id, Reply reply) {
    replies.println(Codec.json().writeValueAsString(new Reply.Return(id, reply)));
  }
}
