package dev.faultline.environment.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.judge.BlindReason;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import okio.Buffer;
import okio.ByteString;
import org.junit.jupiter.api.Test;

class AnswerFuzzTest {

  private static final int ROUNDS = 20_000;
  private static final List<String> SEEDS =
      List.of(
          Answers.vector(Answers.sample("\"job\":\"a\"", 1_700_000_000.123, "0.25")),
          Answers.vector(
              Answers.sample("", 1, "NaN"), Answers.sample("\"a\":\"\\u00e4\"", 1, "+Inf")),
          Answers.data("matrix", "[{\"metric\":{},\"values\":[[1,\"1\"],[2.5,\"-2e3\"]]}]"),
          Answers.data("scalar", "[1,\"1\"]"),
          Answers.data("string", "[1,\"text\"]"),
          "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"no\"}",
          "{\"status\":\"success\",\"warnings\":[\"w\"],\"infos\":[\"i\"],"
              + "\"data\":{\"resultType\":\"vector\",\"result\":[]}}");
  private static final List<String> PIECES =
      List.of(
          "\"",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "null",
          "true",
          "1e999",
          "-0",
          "NaN",
          "\\u0000",
          "\u0000",
          "\\",
          "9".repeat(2000),
          "[".repeat(600),
          "histogram",
          "matrix",
          "success");

  @Test
  void whateverIsSentTheResultIsTyped() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(20260101);
    Map<BlindReason, Integer> blind = new EnumMap<>(BlindReason.class);
    int read = 0;
    for (int round = 0; round < ROUNDS; round++) {
      ByteString body = mutate(ByteString.encodeUtf8(SEEDS.get(round % SEEDS.size())), random);
      int status = random.nextInt(10) == 0 ? 100 + random.nextInt(500) : 200;
      try {
        AnswerReader.read(received(status, body), new Secrets(List.of(), List.of()), true);
        read++;
      } catch (BlindException typed) {
        blind.merge(typed.reason(), 1, Integer::sum);
      } catch (RuntimeException | Error escaped) {
        throw new AssertionError("round " + round + ": " + body.string(UTF_8), escaped);
      }
    }
    assertThat(read).as("mutants that are still answers").isGreaterThan(500);
    assertThat(blind)
        .containsOnlyKeys(BlindReason.MALFORMED, BlindReason.REFUSED, BlindReason.UNREACHABLE);
  }

  private static Received received(int status, ByteString body) {
    return new Received(
        status, Optional.empty(), Optional.empty(), body, Instant.EPOCH, Instant.EPOCH);
  }

  private static ByteString mutate(ByteString seed, RandomGenerator random) {
    ByteString body = seed;
    for (int change = random.nextInt(4); change >= 0; change--) {
      int from = random.nextInt(body.size() + 1);
      int to = Math.min(body.size(), from + random.nextInt(8));
      body =
          switch (random.nextInt(5)) {
            case 0 -> splice(body, from, to, ByteString.EMPTY);
            case 1 -> splice(body, from, from, ByteString.of((byte) random.nextInt(256)));
            case 2 -> splice(body, from, to, piece(random));
            case 3 -> splice(body, from, from, body.substring(from, to));
            default -> random.nextInt(4) == 0 ? body.substring(0, from) : body;
          };
    }
    return body;
  }

  private static ByteString piece(RandomGenerator random) {
    return ByteString.encodeUtf8(PIECES.get(random.nextInt(PIECES.size())));
  }

  private static ByteString splice(ByteString body, int from, int to, ByteString piece) {
    return new Buffer()
        .write(body.substring(0, from))
        .write(piece)
        .write(body.substring(to))
        .readByteString();
  }
}
