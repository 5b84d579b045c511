package dev.faultline.environment.hands;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.world.Action.RunCommand;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Query.CommandStatus;
import dev.faultline.node.ChildOutput;
import dev.faultline.node.ChildSpec;
import dev.faultline.node.ChildStartException;
import dev.faultline.node.Children;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Programs of the user's: arguments as they are, no shell, no standard input, bounded in time and
 * in output.
 *
 * <p>They die with Faultline, save those that cannot be bound to it (setuid programs such as {@code
 * sudo}, or where util-linux is missing) and what a program leaves behind when it ends by itself.
 */
final class Commands implements AutoCloseable {

  private final CommandSetting setting;
  private final Children children = new Children();

  Commands(CommandSetting setting) {
    this.setting = setting;
  }

  Effect run(RunCommand action) {
    String program = action.argv().getFirst();
    return switch (execute(action.argv(), action.timeout())) {
      case CommandResult.Ended ended when ended.code() == 0 ->
          new Effect.Done(program + " ended with exit code 0");
      case CommandResult.Ended ended ->
          new Effect.Failed(
              "%s ended with exit code %d%s"
                  .formatted(
                      program,
                      ended.code(),
                      ended.lastLine().isEmpty() ? "" : ": " + ended.lastLine()));
      case CommandResult.TimedOut late -> new Effect.Failed(late(program, action.timeout()));
      case CommandResult.NotStarted(String why) -> new Effect.Failed(why);
    };
  }

  Answer status(CommandStatus query) {
    return switch (execute(query.argv(), query.timeout())) {
      case CommandResult.Ended ended -> new Answer.Exited(ended.code(), ended.output());
      case CommandResult.TimedOut late ->
          new Answer.Unanswered(
              BlindReason.TIMEOUT, late(query.argv().getFirst(), query.timeout()));
      case CommandResult.NotStarted(String why) ->
          new Answer.Unanswered(BlindReason.UNREACHABLE, why);
    };
  }

  /** Kills what still runs. */
  @Override
  public void close() {
    children.close();
  }

  private static String late(String program, Duration timeout) {
    return "%s did not end within %d ms and was killed".formatted(program, timeout.toMillis());
  }

  private CommandResult execute(List<String> written, Duration timeout) {
    try {
      ProcessTree tree = ProcessTree.unused();
      Process process = start(setting.argv(written), tree);
      process.getOutputStream().close();
      OutputTail out = OutputTail.of(process.getInputStream());
      OutputTail err = OutputTail.of(process.getErrorStream());
      return await(process, tree, out, err, timeout);
    } catch (IOException | IllegalArgumentException | IllegalStateException failure) {
      return new CommandResult.NotStarted(
          "cannot run %s: %s".formatted(written.getFirst(), failure.getMessage()));
    }
  }

  private static CommandResult await(
      Process process, ProcessTree tree, OutputTail out, OutputTail err, Duration timeout) {
    try {
      if (process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        return new CommandResult.Ended(process.exitValue(), out.text(), err.text());
      }
      tree.kill(process);
      return new CommandResult.TimedOut();
    } catch (InterruptedException interrupted) {
      tree.kill(process);
      Thread.currentThread().interrupt();
      return new CommandResult.NotStarted("interrupted; it was killed");
    }
  }

  private Process start(List<String> argv, ProcessTree tree) throws IOException {
    requirePassable(argv);
    Map<String, String> environment = new LinkedHashMap<>(setting.environment());
    environment.put(ProcessTree.VARIABLE, tree.mark());
    ChildOutput pipe = new ChildOutput.Pipe();
    try {
      return children
          .start(new ChildSpec(argv, environment, setting.directory(), pipe, pipe))
          .process();
    } catch (ChildStartException refused) {
      return switch (refused.reason()) {
        case CANNOT_BIND, MISSING_TOOL -> unbound(argv, environment);
        case NOT_EXECUTABLE, FAILED -> throw refused;
      };
    }
  }

  private Process unbound(List<String> argv, Map<String, String> environment) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(argv).directory(setting.directory().toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Where the locale is not UTF-8 the JDK would hand over '?' in place of other letters. */
  private static void requirePassable(List<String> argv) {
    Charset charset = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    for (String word : argv) {
      if (!charset.newEncoder().canEncode(word)) {
        throw new IllegalArgumentException(
            "the locale cannot spell an argument; start Faultline with LC_ALL=C.UTF-8");
      }
    }
  }
}
