package dev.faultline.node;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;

/**
 * Performs the actions of a fuse: in order, each bounded in time, none held up by the failure of
 * another; then those that failed again, a bounded number of times.
 */
final class Undo {

  static final int ROUNDS = 3;
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration SIGNAL_BOUND = Duration.ofSeconds(6);
  private static final Duration START_BOUND = Duration.ofSeconds(2);
  private static final int LONGEST_ANSWER = 64 * 1024;
  private static final int QUOTED = 200;

  private Undo() {}

  static List<Fired.Outcome> perform(List<FuseAction> actions) {
    List<Fired.Outcome> outcomes = new ArrayList<>();
    for (FuseAction action : actions) {
      outcomes.add(attempt(action, 1));
    }
    for (int round = 2;
        round <= ROUNDS && !outcomes.stream().allMatch(Fired.Outcome::done);
        round++) {
      pause();
      for (int index = 0; index < actions.size(); index++) {
        if (!outcomes.get(index).done()) {
          outcomes.set(index, attempt(actions.get(index), round));
        }
      }
    }
    return outcomes;
  }

  /** On a thread of its own, as starting a program from a dead file system may never return. */
  private static Fired.Outcome attempt(FuseAction action, int attempt) {
    FutureTask<Fired.Outcome> task = new FutureTask<>(() -> act(action, attempt));
    Thread.ofPlatform().daemon().start(task);
    try {
      return task.get(bound(action).toMillis(), MILLISECONDS);
    } catch (ExecutionException failure) {
      return new Fired.Outcome(false, attempt, describe(action) + ": " + failure.getCause());
    } catch (TimeoutException hung) {
      return new Fired.Outcome(false, attempt, describe(action) + ": did not return");
    } catch (InterruptedException interrupted) {
      return new Fired.Outcome(false, attempt, describe(action) + ": interrupted");
    }
  }

  private static Duration bound(FuseAction action) {
    return switch (action) {
      case FuseAction.Signal _, FuseAction.Descriptors _ -> SIGNAL_BOUND;
      case FuseAction.Run run -> run.timeout().plus(START_BOUND);
      case FuseAction.Say say -> say.timeout().plus(START_BOUND);
      // The name is looked up besides.
      case FuseAction.Post post -> post.timeout().plus(START_BOUND);
      case FuseAction.Write write -> SIGNAL_BOUND.plus(bound(write.load()));
    };
  }

  private static Fired.Outcome act(FuseAction action, int attempt)
      throws IOException, InterruptedException {
    return switch (action) {
      case FuseAction.Signal(ProcessIdentity process, PosixSignal signal) ->
          switch (process.signal(signal)) {
            case SignalResult.Sent sent ->
                new Fired.Outcome(true, attempt, describe(action) + ": sent");
            case SignalResult.Gone gone ->
                new Fired.Outcome(true, attempt, describe(action) + ": process is gone");
            case SignalResult.Denied(String message) ->
                new Fired.Outcome(false, attempt, describe(action) + ": " + message);
          };
      case FuseAction.Descriptors(ProcessIdentity process, long limit) ->
          new Fired.Outcome(
              true,
              attempt,
              describe(action)
                  + Descriptors.giveBack(process, limit)
                      .map(is -> ": it may have " + is)
                      .orElse(": process is gone"));
      case FuseAction.Run run -> run(run, attempt);
      case FuseAction.Say say -> say(say, attempt);
      case FuseAction.Post post -> post(post, attempt);
      case FuseAction.Write write -> {
        write.file().write(write.text());
        Fired.Outcome loaded = run(write.load(), attempt);
        yield new Fired.Outcome(
            loaded.done(), attempt, describe(action) + ": written; " + loaded.detail());
      }
    };
  }

  private static Fired.Outcome say(FuseAction.Say say, int attempt) throws IOException {
    long end = System.nanoTime() + say.timeout().toNanos();
    for (String line : say.lines()) {
      // A command that has no time left fails at once, and does not lack a bound.
      Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
      String answer = new CommandSocket(say.socket(), left, LONGEST_ANSWER).ask(line);
      if (!answer.isBlank()) {
        return new Fired.Outcome(
            false, attempt, describe(say) + ": answered '" + quoted(answer) + "'");
      }
    }
    return new Fired.Outcome(true, attempt, describe(say) + ": taken");
  }

  private static Fired.Outcome post(FuseAction.Post post, int attempt) throws IOException {
    byte[] answer =
        new Exchange(post.timeout(), LONGEST_ANSWER)
            .over(
                SocketChannel.open(),
                new InetSocketAddress(post.host(), post.port()),
                post.request());
    String text = new String(answer, StandardCharsets.UTF_8);
    boolean done = text.startsWith("HTTP/1.1 200 ");
    return new Fired.Outcome(
        done, attempt, describe(post) + (done ? ": taken" : ": answered '" + quoted(text) + "'"));
  }

  private static String quoted(String answer) {
    String line = answer.strip().replaceAll("\\p{Cntrl}+", " ");
    return line.substring(0, Math.min(line.length(), QUOTED));
  }

  private static Fired.Outcome run(FuseAction.Run run, int attempt)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(run.argv())
            .directory(Path.of("/").toFile())
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD);
    builder.environment().putAll(run.environment());
    Process process = builder.start();
    if (!process.waitFor(run.timeout().toMillis(), MILLISECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      return new Fired.Outcome(
          false, attempt, describe(run) + ": killed after " + run.timeout().toMillis() + " ms");
    }
    int exit = process.exitValue();
    return new Fired.Outcome(exit == 0, attempt, describe(run) + ": exit " + exit);
  }

  /** Neither arguments nor variables are told: they may hold secrets. */
  private static String describe(FuseAction action) {
    return switch (action) {
      case FuseAction.Signal(ProcessIdentity process, PosixSignal signal) ->
          "signal " + signal + " to " + process.text();
      case FuseAction.Descriptors(ProcessIdentity process, long limit) ->
          "let %s have %d descriptors".formatted(process.text(), limit);
      case FuseAction.Run run ->
          "run " + run.argv().getFirst() + " with " + (run.argv().size() - 1) + " arguments";
      case FuseAction.Write write -> "write " + write.file().path();
      case FuseAction.Post post -> "post to %s:%d".formatted(post.host(), post.port());
      case FuseAction.Say say -> "say %d lines to %s".formatted(say.lines().size(), say.socket());
    };
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
