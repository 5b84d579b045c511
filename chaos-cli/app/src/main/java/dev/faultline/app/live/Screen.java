package dev.faultline.app.live;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The lower end of a terminal, on which lines are painted again and again, while others scroll
 * above them. Thread-safe.
 *
 * <p>Nothing is erased before it is painted over, each change is one write, and terminals that know
 * synchronized output (DEC private mode 2026) show it at once: there is no flicker. The cursor is
 * hidden only within such a write, so that however the program dies it leaves a usable terminal.
 */
public final class Screen implements AutoCloseable {

  private static final String BEGIN = "\u001b[?2026h\u001b[?25l";
  private static final String END = "\u001b[?25h\u001b[?2026l";
  private static final String TO_END_OF_LINE = "\u001b[K";
  private static final String TO_END_OF_SCREEN = "\u001b[J";

  private final PrintStream terminal;
  private final boolean colour;
  private final Supplier<Optional<Size>> size;
  private final List<String> waiting = new ArrayList<>();
  private List<Line> painted = List.of();
  private int columns = Size.USUAL.columns();
  private boolean closed;

  /**
   * A screen on which nothing is painted yet.
   *
   * @param size how large the terminal is; empty while that is not known, after it was resized:
   *     until then nothing is written, for nobody knows where it would go
   */
  public Screen(PrintStream terminal, boolean colour, Supplier<Optional<Size>> size) {
    this.terminal = terminal;
    this.colour = colour;
    this.size = size;
  }

  /** Paints lines in the place of those before, if the size of the terminal is known. */
  public synchronized void paint(Function<Size, List<Line>> lines) {
    size.get().ifPresent(now -> paint(lines.apply(now), now.columns()));
  }

  private void paint(List<Line> lines, int width) {
    boolean resized = width != columns;
    if (closed || (lines.equals(painted) && !resized && waiting.isEmpty())) {
      return;
    }
    columns = width;
    StringBuilder text = new StringBuilder(BEGIN).append(toTop());
    // Rows that the terminal has wrapped would be joined again when it gets wider.
    text.append(resized ? TO_END_OF_SCREEN : "");
    boolean anew = resized || !waiting.isEmpty();
    waiting.forEach(line -> text.append(line).append(TO_END_OF_LINE).append("\r\n"));
    waiting.clear();
    for (int i = 0; i < lines.size(); i++) {
      boolean same = !anew && i < painted.size() && lines.get(i).equals(painted.get(i));
      text.append(same ? "" : spelled(lines.get(i)) + TO_END_OF_LINE).append("\r\n");
    }
    painted = List.copyOf(lines);
    write(text.append(TO_END_OF_SCREEN).append(END));
  }

  /** A stream whose lines scroll above what is painted. */
  public PrintStream above() {
    return new PrintStream(new Above(), true, StandardCharsets.UTF_8);
  }

  private synchronized void scroll(List<String> lines) {
    waiting.addAll(lines);
    if (closed || painted.isEmpty()) {
      writeWaiting();
    } else {
      paint(now -> painted);
    }
  }

  private void writeWaiting() {
    StringBuilder text = new StringBuilder();
    waiting.forEach(line -> text.append(line).append("\r\n"));
    waiting.clear();
    write(text);
  }

  /** Takes away what is painted. Later lines are written plainly, later paintings not at all. */
  @Override
  public synchronized void close() {
    if (!painted.isEmpty()) {
      write(new StringBuilder(BEGIN).append(toTop()).append(TO_END_OF_SCREEN).append(END));
    }
    painted = List.of();
    closed = true;
    writeWaiting();
  }

  /** From below the painted lines to the first of them; a narrowed terminal has wrapped some. */
  private String toTop() {
    int rows = painted.stream().mapToInt(this::rows).sum();
    return rows == 0 ? "\r" : "\r\u001b[" + rows + "A";
  }

  private int rows(Line line) {
    return Math.max(1, Math.ceilDiv(line.width(), columns));
  }

  private String spelled(Line line) {
    return colour ? line.coloured() : line.text();
  }

  private void write(StringBuilder text) {
    terminal.print(text);
    terminal.flush();
  }

  /** Gathers bytes to whole lines. */
  private final class Above extends OutputStream {

    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    @Override
    public synchronized void write(int one) {
      begun.write(one);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
      begun.write(bytes, from, length);
    }

    @Override
    public synchronized void flush() {
      String text = begun.toString(StandardCharsets.UTF_8);
      int end = text.lastIndexOf('\n');
      if (end >= 0) {
        begun.reset();
        begun.writeBytes(text.substring(end + 1).getBytes(StandardCharsets.UTF_8));
        scroll(List.of(text.substring(0, end).split("\n", -1)));
      }
    }
  }
}
