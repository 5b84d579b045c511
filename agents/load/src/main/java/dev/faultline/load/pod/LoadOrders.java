package dev.faultline.load.pod;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.faultline.load.LoadOrder;
import dev.faultline.load.LoadRequest;
import dev.faultline.load.Rates;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a controller wants of the pods of a load, all of it at once; they say the same to each pod.
 *
 * <pre>
 * faultline-load 1
 * revision 12
 * start 1764252000000               (milliseconds since 1970; 0 while it shall not begin)
 * rates 200.0 30 60 5.0 400.0,800.0 (its own; a surge: from, until, each, which; - for no steps)
 * share 0.1
 * timeout 5000
 * plain GET http HOST PORT PATH BODY NAME=VALUE ...   (texts in base64; - for no body)
 * tagged ...                        (or -)
 * </pre>
 *
 * @param revision grows by each change and each renewal of the lease; at least 1
 * @param start when the first request is due; empty while that is not said
 * @param order which requests; its rate is that of {@code rates}
 * @param rates how fast, second by second
 */
public record LoadOrders(long revision, Optional<Instant> start, LoadOrder order, Rates rates) {

  private static final String VERSION = "faultline-load 1";
  private static final String NONE = "-";
  private static final List<String> KEYS =
      List.of("revision ", "start ", "rates ", "share ", "timeout ", "plain ", "tagged ");

  /**
   * @throws IllegalArgumentException when the revision is below 1
   */
  public LoadOrders {
    if (revision < 1) {
      throw new IllegalArgumentException("not a revision: " + revision);
    }
  }

  /** The first ones: nothing is sent yet. */
  public static LoadOrders first(LoadOrder order) {
    return new LoadOrders(1, Optional.empty(), order, Rates.of(order.rate()));
  }

  /** The next ones, which are the same: a renewal. */
  public LoadOrders next() {
    return new LoadOrders(revision + 1, start, order, rates);
  }

  /** The next ones, by which it begins. */
  public LoadOrders startAt(Instant when) {
    return new LoadOrders(revision + 1, Optional.of(when), order, rates);
  }

  /** The next ones, with other rates. */
  public LoadOrders with(Rates others) {
    return new LoadOrders(revision + 1, start, order, others);
  }

  /** The text. */
  public String text() {
    String steps =
        rates.steps().isEmpty()
            ? NONE
            : rates.steps().stream().map(String::valueOf).collect(Collectors.joining(","));
    return String.join(
        "\n",
        VERSION,
        "revision " + revision,
        "start " + start.map(Instant::toEpochMilli).orElse(0L),
        "rates %s %d %d %s %s"
            .formatted(rates.base(), rates.from(), rates.until(), rates.each(), steps),
        "share " + order.share(),
        "timeout " + order.timeout().toMillis(),
        "plain " + text(order.plain()),
        "tagged " + order.tagged().map(LoadOrders::text).orElse(NONE),
        "");
  }

  private static String text(LoadRequest request) {
    String parts =
        String.join(
            " ",
            request.method(),
            request.secure() ? "https" : "http",
            encoded(request.host()),
            Integer.toString(request.port()),
            encoded(request.path()),
            request.body().map(LoadOrders::encoded).orElse(NONE));
    return new TreeMap<>(request.headers())
        .entrySet().stream()
            .map(one -> " %s=%s".formatted(encoded(one.getKey()), encoded(one.getValue())))
            .collect(Collectors.joining("", parts, ""));
  }

  /** A colon before it, so that an empty text is one too. */
  private static String encoded(String text) {
    return ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  private static String decoded(String text) {
    if (!text.startsWith(":")) {
      throw new IllegalArgumentException("not a text of the orders");
    }
    return new String(Base64.getUrlDecoder().decode(text.substring(1)), UTF_8);
  }

  /**
   * Reads what {@link #text()} wrote, and nothing else.
   *
   * @throws IllegalArgumentException when it is anything else; repeats nothing of it
   */
  public static LoadOrders parse(String text) {
    List<String> lines = text.lines().toList();
    if (lines.size() != KEYS.size() + 1 || !lines.getFirst().equals(VERSION)) {
      throw new IllegalArgumentException("not orders for a load");
    }
    try {
      LoadOrders orders = read(lines);
      if (orders.text().equals(text)) {
        return orders;
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException rubbish) {
      throw new IllegalArgumentException("not orders for a load", rubbish);
    }
    throw new IllegalArgumentException("orders are not written in their one and only spelling");
  }

  private static LoadOrders read(List<String> lines) {
    Rates rates = rates(value(lines, 2).split(" ", -1));
    String tagged = value(lines, 6);
    LoadOrder order =
        new LoadOrder(
            request(value(lines, 5)),
            tagged.equals(NONE) ? Optional.empty() : Optional.of(request(tagged)),
            Double.parseDouble(value(lines, 3)),
            rates.base(),
            Duration.ofMillis(Long.parseLong(value(lines, 4))));
    long start = Long.parseLong(value(lines, 1));
    return new LoadOrders(
        Long.parseLong(value(lines, 0)),
        start == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(start)),
        order,
        rates);
  }

  private static String value(List<String> lines, int key) {
    String line = lines.get(key + 1);
    if (!line.startsWith(KEYS.get(key))) {
      throw new IllegalArgumentException("a line is missing");
    }
    return line.substring(KEYS.get(key).length());
  }

  private static Rates rates(String[] words) {
    return new Rates(
        Double.parseDouble(words[0]),
        words[4].equals(NONE)
            ? List.of()
            : Arrays.stream(words[4].split(",", -1)).map(Double::valueOf).toList(),
        Double.parseDouble(words[3]),
        Long.parseLong(words[1]),
        Long.parseLong(words[2]));
  }

  private static LoadRequest request(String text) {
    String[] words = text.split(" ", -1);
    Map<String, String> headers = new TreeMap<>();
    for (int at = 6; at < words.length; at++) {
      String[] pair = words[at].split("=", 2);
      headers.put(decoded(pair[0]), decoded(pair[1]));
    }
    return new LoadRequest(
        words[0],
        words[1].equals("https"),
        decoded(words[2]),
        Integer.parseInt(words[3]),
        decoded(words[4]),
        headers,
        words[5].equals(NONE) ? Optional.empty() : Optional.of(decoded(words[5])));
  }
}
