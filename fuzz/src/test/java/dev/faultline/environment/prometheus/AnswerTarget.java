package dev.faultline.environment.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.faultline.fuzz.Bounds;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okio.Buffer;
import okio.ByteString;

/** Whatever a server answers, it is an answer, or the gate is blind for a reason. */
public final class AnswerTarget {

  private static final List<Integer> STATUS = List.of(200, 200, 200, 200, 302, 401, 422, 503);
  private static final int RULES = 8;
  private static final int A_MOMENT = 16;
  private static final String TOKEN = "s3cr3t-t0ken";
  private static final Secrets SECRETS = new Secrets(List.of(TOKEN), List.of());

  private static final List<String> BODIES =
      List.of(
          Answers.vector(Answers.sample("\"job\":\"a\"", 1_700_000_000.123, "0.25")),
          Answers.vector(Answers.sample("", 1, "NaN"), Answers.sample("\"a\":\"ä\"", 1, "+Inf")),
          Answers.data("matrix", "[{\"metric\":{},\"values\":[[1,\"1\"],[2.5,\"-2e3\"]]}]"),
          Answers.data("vector", "[{\"metric\":{},\"histogram\":[1,{\"count\":\"1\"}]}]"),
          Answers.data("scalar", "[1,\"1\"]"),
          Answers.data("string", "[1,\"text\"]"),
          "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"no " + TOKEN + "\"}",
          """
          {"status":"success","warnings":["w"],"infos":["i"],
           "data":{"resultType":"vector","result":[]}}\
          """,
          """
          {"status":"success","data":{"groups":[{"rules":[{"type":"alerting","name":"Down",
           "health":"err","lastError":"x","state":"firing",
           "alerts":[{"state":"firing","labels":{"job":"a"}},{"state":"pending"}]}]}]}}\
          """);

  private AnswerTarget() {}

  /** A byte that says how it is read, and an answer. */
  public static List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (String body : BODIES) {
      for (int how : List.of(0, 5, 7, RULES, A_MOMENT)) {
        seeds.add(new Buffer().writeByte(how).writeUtf8(body).readByteArray());
      }
    }
    return seeds;
  }

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Bounds.keep(() -> read(input));
  }

  private static void read(byte[] input) {
    int how = input.length == 0 ? 0 : input[0];
    ByteString body = input.length == 0 ? ByteString.EMPTY : ByteString.of(input).substring(1);
    Received received =
        new Received(
            STATUS.get(how & 7),
            Optional.empty(),
            Optional.of("elsewhere"),
            body,
            Instant.EPOCH,
            Instant.EPOCH);
    try {
      Object read =
          (how & RULES) == 0
              ? AnswerReader.read(received, SECRETS, (how & A_MOMENT) != 0)
              : AnswerReader.alerts(received, SECRETS, "Down");
      keepsTheSecret(read.toString(), body);
    } catch (BlindException blind) {
      keepsTheSecret(blind.detail(), body);
    }
  }

  private static void keepsTheSecret(String told, ByteString body) {
    if (told.contains(TOKEN)) {
      throw new AssertionError("tells the token: " + body.string(UTF_8));
    }
  }
}
