package dev.faultline.node;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How an order crosses standard input: lines of words, arbitrary strings in base64.
 *
 * <pre>
 * faultline-fuse-order 1
 * run RUN-ID
 * fault NAME
 * lease BASE64
 * stale-ms N
 * poll-ms N
 * signal NAME IDENTITY                          (any number of these six)
 * descriptors LIMIT IDENTITY
 * run TIMEOUT-MS BASE64,... NAME:VALUE,...
 * say TIMEOUT-MS SOCKET BASE64,...
 * post TIMEOUT-MS HOST PORT TARGET                                  (host and target in base64)
 * write FILE BEGINNING TEXT TIMEOUT-MS BASE64,... NAME:VALUE,...    (the first three in base64)
 * end
 * </pre>
 *
 * <p>Every order has exactly one text: what is parsed must be written again byte for byte, so there
 * is no second spelling of anything to reason about.
 */
final class FuseOrderText {

  static final int MAX_BYTES = 1 << 20;
  private static final String VERSION = "faultline-fuse-order 1";
  private static final int HEADER_LINES = 6;
  private static final int MAX_LINES = HEADER_LINES + FuseOrder.MAX_ACTIONS + 1;

  private FuseOrderText() {}

  static String write(FuseOrder order) {
    StringBuilder text = new StringBuilder(VERSION).append('\n');
    line(text, "run", order.runId());
    line(text, "fault", order.fault());
    line(text, "lease", encode(order.lease().toString()));
    line(text, "stale-ms", Long.toString(order.staleness().toMillis()));
    line(text, "poll-ms", Long.toString(order.poll().toMillis()));
    for (FuseAction action : order.actions()) {
      switch (action) {
        case FuseAction.Signal(ProcessIdentity process, PosixSignal signal) ->
            line(text, "signal", signal.name(), process.text());
        case FuseAction.Descriptors(ProcessIdentity process, long limit) ->
            line(text, "descriptors", Long.toString(limit), process.text());
        case FuseAction.Run run ->
            line(text, "run", millis(run.timeout()), words(run.argv()), pairs(run.environment()));
        case FuseAction.Say(Path socket, List<String> lines, Duration timeout) ->
            line(text, "say", millis(timeout), encode(socket.toString()), words(lines));
        case FuseAction.Post(String host, int port, String target, Duration timeout) ->
            line(
                text,
                "post",
                millis(timeout),
                encode(host),
                Integer.toString(port),
                encode(target));
        case FuseAction.Write(OwnedFile file, String whole, FuseAction.Run load) ->
            line(
                text,
                "write",
                encode(file.path().toString()),
                encode(file.beginning()),
                encode(whole),
                millis(load.timeout()),
                words(load.argv()),
                pairs(load.environment()));
      }
    }
    return text.append("end\n").toString();
  }

  /** Reads to the end of the input, but never more than {@value #MAX_BYTES} bytes. */
  static FuseOrder read(InputStream in) throws IOException, FuseOrderException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new FuseOrderException("order longer than " + MAX_BYTES + " bytes");
    }
    return parse(new String(bytes, StandardCharsets.ISO_8859_1));
  }

  static FuseOrder parse(String text) throws FuseOrderException {
    String[] lines = text.split("\n", MAX_LINES + 2);
    if (!lines[0].equals(VERSION)) {
      throw new FuseOrderException("first line is not '" + VERSION + "'");
    }
    if (lines.length > MAX_LINES + 1 || lines.length < HEADER_LINES + 2) {
      throw new FuseOrderException("order has too few or too many lines");
    }
    FuseOrder order = parse(lines);
    if (!write(order).equals(text)) {
      throw new FuseOrderException("order is not written in its one and only spelling");
    }
    return order;
  }

  private static FuseOrder parse(String[] lines) throws FuseOrderException {
    int at = 0;
    try {
      String runId = value("run", lines[++at]);
      String fault = value("fault", lines[++at]);
      Path lease = Path.of(decode(value("lease", lines[++at])));
      Duration staleness = duration(value("stale-ms", lines[++at]));
      Duration poll = duration(value("poll-ms", lines[++at]));
      List<FuseAction> actions = new ArrayList<>();
      while (++at < lines.length - 1 && !lines[at].equals("end")) {
        actions.add(action(lines[at].split(" ", -1)));
      }
      return new FuseOrder(runId, fault, lease, staleness, poll, actions);
    } catch (IllegalArgumentException | CharacterCodingException refused) {
      throw new FuseOrderException("line " + (at + 1) + ": " + oneLine(refused));
    }
  }

  private static FuseAction action(String[] words) throws CharacterCodingException {
    return switch (words[0] + "/" + words.length) {
      case "signal/3" ->
          new FuseAction.Signal(ProcessIdentity.parse(words[2]), PosixSignal.valueOf(words[1]));
      case "descriptors/3" ->
          new FuseAction.Descriptors(ProcessIdentity.parse(words[2]), Long.parseLong(words[1]));
      case "run/4" -> run(words[1], words[2], words[3]);
      case "say/4" ->
          new FuseAction.Say(Path.of(decode(words[2])), strings(words[3]), duration(words[1]));
      case "post/5" ->
          new FuseAction.Post(
              decode(words[2]), Integer.parseInt(words[3]), decode(words[4]), duration(words[1]));
      case "write/7" ->
          new FuseAction.Write(
              new OwnedFile(Path.of(decode(words[1])), decode(words[2])),
              decode(words[3]),
              run(words[4], words[5], words[6]));
      default -> throw new IllegalArgumentException("neither an action nor the end");
    };
  }

  private static FuseAction.Run run(String millis, String argv, String pairs)
      throws CharacterCodingException {
    return new FuseAction.Run(strings(argv), variables(pairs), duration(millis));
  }

  private static String value(String key, String line) {
    if (!line.startsWith(key + " ")) {
      throw new IllegalArgumentException("'" + key + "' is missing");
    }
    return line.substring(key.length() + 1);
  }

  private static Duration duration(String millis) {
    return Duration.ofMillis(Long.parseLong(millis));
  }

  private static List<String> strings(String words) throws CharacterCodingException {
    List<String> strings = new ArrayList<>();
    for (String word : words.split(",", FuseAction.Run.MAX_WORDS + 1)) {
      strings.add(decode(word));
    }
    return strings;
  }

  private static Map<String, String> variables(String pairs) throws CharacterCodingException {
    Map<String, String> variables = new HashMap<>();
    if (pairs.equals("-")) {
      return variables;
    }
    for (String pair : pairs.split(",", FuseAction.Run.MAX_WORDS + 1)) {
      int colon = pair.indexOf(':');
      if (colon < 0) {
        throw new IllegalArgumentException("not a variable with its value");
      }
      variables.put(decode(pair.substring(0, colon)), decode(pair.substring(colon + 1)));
    }
    return variables;
  }

  private static String words(List<String> strings) {
    return strings.stream().map(FuseOrderText::encode).collect(joining(","));
  }

  private static String pairs(Map<String, String> variables) {
    return variables.isEmpty()
        ? "-"
        : variables.entrySet().stream()
            .map(variable -> encode(variable.getKey()) + ":" + encode(variable.getValue()))
            .collect(joining(","));
  }

  private static String millis(Duration duration) {
    return Long.toString(duration.toMillis());
  }

  private static String encode(String value) {
    return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String base64) throws CharacterCodingException {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
    return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
  }

  private static void line(StringBuilder text, String... words) {
    text.append(String.join(" ", Arrays.asList(words))).append('\n');
  }

  private static String oneLine(Exception refused) {
    String message = String.valueOf(refused.getMessage()).replaceAll("\\p{Cntrl}", "?");
    return message.substring(0, Math.min(message.length(), 200));
  }
}
