package dev.faultline.environment.database.named;

import dev.faultline.environment.database.sql.SqlTrouble;
import dev.faultline.model.environment.FailoverMeans;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.Credentials;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests to Patroni, to whichever node answers. Follows no redirect. Thread-safe. */
final class PatroniApi {

  private static final Duration READ = Duration.ofSeconds(3);

  /** Patroni answers a switchover when it is over. */
  private static final Duration SWITCH = Duration.ofSeconds(60);

  private static final long LARGEST = 1 << 20;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final FailoverMeans.Patroni patroni;
  private final Optional<PasswordFile> password;
  private final OkHttpClient client;

  /** Who answered last is asked first: another one may hang. */
  private volatile Optional<String> answering = Optional.empty();

  PatroniApi(FailoverMeans.Patroni patroni, Path base) {
    this.patroni = patroni;
    this.password = patroni.passwordFile().map(file -> new PasswordFile(file, base));
    this.client =
        new OkHttpClient.Builder()
            .followRedirects(false)
            .followSslRedirects(false)
            .connectTimeout(READ)
            .readTimeout(SWITCH)
            .writeTimeout(READ)
            .build();
  }

  /** Why Patroni did not do as it was asked; holds no secret. */
  static final class ApiTrouble extends Exception {
    private static final long serialVersionUID = 1;

    ApiTrouble(String words) {
      super(words);
    }
  }

  private record Reply(int status, String body) {}

  /** What is found at a path, of the first node that answers. */
  JsonNode get(String path) throws ApiTrouble {
    ApiTrouble last = new ApiTrouble("no address");
    for (String node : nodes()) {
      try {
        Reply reply = send(new Request.Builder().url(url(node, path)).get(), READ);
        if (reply.status() == 200) {
          answering = Optional.of(node);
          return JSON.readTree(reply.body());
        }
        last = trouble(node, path, reply);
      } catch (IOException failure) {
        last = silent(node, failure);
      } catch (JacksonException senseless) {
        last = new ApiTrouble("%s%s is no JSON".formatted(node, path));
      }
    }
    throw last;
  }

  /**
   * Asks for a switchover and waits for its end. Another node is only asked where this one was not
   * reached, so that no switchover is asked for twice.
   *
   * @return what Patroni said
   */
  String switchOver(String leader, String candidate) throws ApiTrouble {
    RequestBody body =
        RequestBody.create(
            JSON.writeValueAsString(Map.of("leader", leader, "candidate", candidate)),
            MediaType.get("application/json"));
    ApiTrouble last = new ApiTrouble("no address");
    for (String node : nodes()) {
      try {
        Request.Builder request = new Request.Builder().url(url(node, "/switchover")).post(body);
        Reply reply = send(authorized(request), SWITCH);
        if (reply.status() / 100 == 2) {
          return SqlTrouble.line(reply.body());
        }
        throw trouble(node, "/switchover", reply);
      } catch (ConnectException unreached) {
        last = silent(node, unreached);
      } catch (IOException failure) {
        throw silent(node, failure);
      }
    }
    throw last;
  }

  private List<String> nodes() {
    Optional<String> first = answering;
    return Stream.concat(first.stream(), patroni.api().stream()).distinct().toList();
  }

  private static String url(String node, String path) {
    return (node.endsWith("/") ? node.substring(0, node.length() - 1) : node) + path;
  }

  private Request.Builder authorized(Request.Builder request) throws ApiTrouble {
    if (password.isEmpty()) {
      return request;
    }
    try {
      String user = patroni.user().orElse("");
      return request.header(
          "Authorization", Credentials.basic(user, password.get().read(), StandardCharsets.UTF_8));
    } catch (PasswordFile.NoPassword none) {
      throw new ApiTrouble(String.valueOf(none.getMessage()));
    }
  }

  private Reply send(Request.Builder request, Duration within) throws IOException {
    OkHttpClient bounded = client.newBuilder().callTimeout(within).build();
    try (Response response = bounded.newCall(request.build()).execute()) {
      var source = response.body().source();
      source.request(LARGEST);
      String body =
          source.getBuffer().clone().readUtf8(Math.min(LARGEST, source.getBuffer().size()));
      return new Reply(response.code(), body);
    }
  }

  private static ApiTrouble trouble(String node, String path, Reply reply) {
    return new ApiTrouble(
        "%s%s answered %d: %s"
            .formatted(node, path, reply.status(), SqlTrouble.line(reply.body())));
  }

  private static ApiTrouble silent(String node, IOException failure) {
    return new ApiTrouble(
        "%s does not answer: %s".formatted(node, SqlTrouble.line(failure.getMessage())));
  }
}
