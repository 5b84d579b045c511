package dev.faultline.serve.live;

import dev.faultline.serve.page.Pages;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Server-sent events to one browser: a {@code part} for each part of the page that changed, {@code
 * said} for what is told in words, {@code clock} every few seconds, and {@code end}.
 */
final class Stream {

  /** How often something is sent though nothing happens. */
  static final Duration BEAT = Duration.ofSeconds(5);

  private static final long STUCK = Duration.ofSeconds(20).toNanos();
  private static final Pattern LINES = Pattern.compile("\r\n|\r|\n");

  /** Frames of another process are none of this one. */
  private static final String PROCESS = UUID.randomUUID().toString().substring(0, 8);

  private final Feed feed;
  private final String last;
  private final OutputStream out;
  private final InstantSource clock;
  private final Map<String, String> sent = new HashMap<>();
  private final Thread thread = Thread.currentThread();
  private String said = "";
  private volatile long writing = Long.MIN_VALUE;

  /** A stream of this thread. */
  Stream(Feed feed, String last, OutputStream out, InstantSource clock) {
    this.feed = feed;
    this.last = last;
    this.out = out;
    this.clock = clock;
  }

  void run() throws IOException, InterruptedException {
    long seen = 0;
    boolean done = false;
    write("retry: 2000\n\n" + clock());
    while (true) {
      Optional<Feed.Frame> next = feed.after(seen, BEAT);
      if (next.isPresent()) {
        seen = next.get().number();
        done = next.get().shown().last();
        tell(next.get());
      } else {
        write(clock());
      }
      if (feed.isOver() && feed.after(seen, Duration.ZERO).isEmpty()) {
        write(event("end", done ? "done" : "unreadable"));
        return;
      }
    }
  }

  private void tell(Feed.Frame frame) throws IOException {
    String id = "%s-%x-%d".formatted(PROCESS, System.identityHashCode(feed), frame.number());
    if (id.equals(last) && sent.isEmpty()) {
      sent.putAll(frame.shown().parts());
    }
    StringBuilder text = new StringBuilder();
    frame
        .shown()
        .parts()
        .forEach(
            (name, html) -> {
              if (!html.equals(sent.put(name, html))) {
                text.append(event("part", html));
              }
            });
    if (!frame.shown().said().equals(said)) {
      said = frame.shown().said();
      text.append(event("said", LINES.matcher(said).replaceAll(" ")));
    }
    // The name comes last: a browser that lost half of a frame asks for all of it again.
    text.append("id: ").append(id).append('\n').append(clock());
    write(text.toString());
  }

  private static String event(String kind, String data) {
    return "event: " + kind + "\ndata: " + LINES.matcher(data).replaceAll("\ndata: ") + "\n\n";
  }

  private String clock() {
    return "event: clock\ndata: " + Pages.clock(clock.instant()) + "\n\n";
  }

  private void write(String text) throws IOException {
    writing = System.nanoTime();
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
    writing = Long.MIN_VALUE;
  }

  /** Ends it when the browser takes nothing any more. */
  void endIfStuck() {
    long since = writing;
    if (since != Long.MIN_VALUE && System.nanoTime() - since > STUCK) {
      end();
    }
  }

  /** Ends it; a write that waits for the browser ends, too, with its connection. */
  void end() {
    thread.interrupt();
  }
}
