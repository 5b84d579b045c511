package dev.faultline.serve;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What a browser hears of a stream, event by event. */
final class Events implements AutoCloseable {

  /** An event of some kind, with the newest name that was given. */
  record Heard(String kind, String data, String id) {}

  private final BufferedReader lines;
  private String id = "";

  Events(InputStream stream) {
    lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }

  /** All events up to the first that is as wanted, which is the last one. */
  List<Heard> until(Predicate<Heard> wanted) throws IOException {
    List<Heard> all = new ArrayList<>();
    while (true) {
      Heard next = next();
      all.add(next);
      if (wanted.test(next)) {
        return all;
      }
    }
  }

  private Heard next() throws IOException {
    String kind = "message";
    List<String> data = new ArrayList<>();
    for (String line; (line = lines.readLine()) != null; ) {
      if (line.isEmpty() && !data.isEmpty()) {
        return new Heard(kind, String.join("\n", data), id);
      }
      String value = line.replaceFirst("^\\w+: ?", "");
      if (line.startsWith("event:")) {
        kind = value;
      } else if (line.startsWith("data:")) {
        data.add(value);
      } else if (line.startsWith("id:")) {
        id = value;
      }
    }
    throw new IOException("the stream has ended");
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
