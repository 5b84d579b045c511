package dev.faultline.app;

import dev.faultline.app.live.Size;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How large the terminal is. Java cannot ask it; {@code stty} can, and is asked again whenever the
 * kernel says that the terminal was resized (SIGWINCH). Until it answers, the variables COLUMNS and
 * LINES count, which the launcher sets. Thread-safe.
 */
final class TerminalSize implements Supplier<Optional<Size>>, AutoCloseable {

  private static final String RESIZED = "WINCH";
  private static final Pattern ANSWER = Pattern.compile("([1-9][0-9]{0,4}) ([1-9][0-9]{0,4})\\s*");
  private static final int PATIENCE_SECONDS = 2;

  private volatile Optional<Size> size;

  private TerminalSize(Size size) {
    this.size = Optional.of(size);
  }

  /** Follows the size of the terminal. */
  static TerminalSize follow(Map<String, String> env) {
    Optional<Integer> rows = number(env, "LINES");
    Optional<Integer> columns = number(env, "COLUMNS");
    Size first = new Size(rows.orElse(Size.USUAL.rows()), columns.orElse(Size.USUAL.columns()));
    TerminalSize terminal = new TerminalSize(first);
    Signals.handle(RESIZED, () -> terminal.resized(first));
    if (rows.isEmpty() || columns.isEmpty()) {
      Thread.ofVirtual()
          .start(
              () ->
                  terminal.size =
                      ask()
                          .map(
                              now ->
                                  new Size(rows.orElse(now.rows()), columns.orElse(now.columns())))
                          .or(() -> Optional.of(first)));
    }
    return terminal;
  }

  private void resized(Size otherwise) {
    Size before = size.orElse(otherwise);
    size = Optional.empty();
    size = Optional.of(ask().orElse(before));
  }

  private static Optional<Integer> number(Map<String, String> env, String name) {
    return Optional.of(env.getOrDefault(name, ""))
        .filter(text -> text.matches("[1-9][0-9]{0,4}"))
        .map(Integer::valueOf);
  }

  private static Optional<Size> ask() {
    try {
      Process stty = new ProcessBuilder("stty", "size").redirectInput(new File("/dev/tty")).start();
      if (!stty.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        stty.destroyForcibly();
        return Optional.empty();
      }
      String answer = new String(stty.getInputStream().readNBytes(64), StandardCharsets.US_ASCII);
      Matcher found = ANSWER.matcher(answer);
      return found.matches()
          ? Optional.of(
              new Size(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2))))
          : Optional.empty();
    } catch (IOException noTerminal) {
      return Optional.empty();
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public Optional<Size> get() {
    return size;
  }

  @Override
  public void close() {
    Signals.restore(RESIZED);
  }
}
