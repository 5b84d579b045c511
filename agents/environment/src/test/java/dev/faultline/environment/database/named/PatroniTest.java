package dev.faultline.environment.database.named;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.Await;
import dev.faultline.environment.database.named.FakeApi.Reply;
import dev.faultline.model.environment.FailoverMeans;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.FailoverKind;
import dev.faultline.model.world.Sighting;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatroniTest {

  private static final String BEFORE =
      """
      {"members": [
        {"name": "db1", "role": "leader", "state": "running", "timeline": 1},
        {"name": "db2", "role": "replica", "state": "streaming", "lag": 0},
        {"name": "db3", "role": "sync_standby", "state": "streaming", "lag": 100},
        {"name": "db4", "role": "sync_standby", "state": "start failed", "lag": "unknown"},
        {"name": "db5", "role": "sync_standby", "state": "streaming", "lag": 1e30}]}
      """;
  private static final String BETWEEN =
      """
      {"members": [{"name": "db1", "role": "replica", "state": "stopping"},
        {"name": "db3", "role": "replica", "state": "streaming", "lag": 0}]}
      """;
  private static final String AFTER =
      """
      {"members": [{"name": "db1", "role": "replica", "state": "streaming", "lag": 0},
        {"name": "db3", "role": "leader", "state": "running"}]}
      """;

  @TempDir private Path folder;
  private final List<Sighting> seen = new CopyOnWriteArrayList<>();

  @Test
  void theFittestReplicaTakesOverAndEachPartOfItIsSeen() throws Exception {
    AtomicReference<String> cluster = new AtomicReference<>(BEFORE);
    try (FakeApi api =
        new FakeApi(
            request -> {
              if (request.startsWith("GET")) {
                return new Reply(200, cluster.get());
              }
              cluster.set(BETWEEN);
              await("it is seen", () -> seen.size() == 2);
              cluster.set(AFTER);
              return new Reply(200, "Successfully switched over to \"db3\"");
            })) {
      Path secret = folder.resolve("secret");
      Files.writeString(secret, "sesame-0pen\n");
      Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
      Patroni patroni = patroni("secret", "http://127.0.0.1:1/", api.url() + "/");
      Effect effect = patroni.take(FailoverKind.SWITCHOVER, "db1:5432");
      assertThat(effect).isInstanceOf(Effect.Done.class);
      assertThat(effect.detail()).contains("db1 to db3", "Successfully");
      Await.until("the end is seen", () -> seen.size() == 3);
      assertThat(seen)
          .extracting(Sighting::kind)
          .containsExactly(Sighting.Kind.DETECTED, Sighting.Kind.MITIGATED, Sighting.Kind.PROMOTED);
      assertThat(seen.getLast().words()).isEqualTo("db3 leads");
      String basic =
          Base64.getEncoder().encodeToString("admin:sesame-0pen".getBytes(StandardCharsets.UTF_8));
      assertThat(api.requests())
          .filteredOn(request -> request.startsWith("POST /switchover Basic " + basic))
          .hasSize(1)
          .allMatch(request -> request.contains("\"leader\":\"db1\""))
          .allMatch(request -> request.contains("\"candidate\":\"db3\""));
      assertThat(effect + seen.toString()).doesNotContain("sesame", basic);
    }
  }

  @Test
  void aRefusalIsToldAndNoOtherNodeIsAsked() throws Exception {
    try (FakeApi first =
            new FakeApi(
                request ->
                    request.startsWith("GET")
                        ? new Reply(200, BEFORE)
                        : new Reply(412, "switchover is not possible\nno good candidates"));
        FakeApi second = new FakeApi(_ -> new Reply(200, BEFORE))) {
      Effect effect =
          patroni("", first.url(), second.url()).take(FailoverKind.SWITCHOVER, "db1:5432");
      assertThat(effect).isInstanceOf(Effect.Failed.class);
      assertThat(effect.detail()).contains("412", "not possible no good candidates");
      assertThat(second.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {\"members\": []} | knows no leader: it has no members",
        "200 | {\"members\": [{\"name\": \"a\", \"role\": \"leader\", \"state\": \"running\"}]}"
            + " | no replica is fit to take over: a leader running",
        "200 | {\"members\": 7} | named no members",
        "200 | [] | named no members",
        "200 | <html> | is no JSON",
        "503 | {\"oh\": 1} | answered 503"
      })
  void anApiThatSaysNothingUsefulIsQuoted(int status, String body, String words) throws Exception {
    try (FakeApi api = new FakeApi(_ -> new Reply(status, body))) {
      assertThat(patroni("", api.url()).take(FailoverKind.SWITCHOVER, "").detail()).contains(words);
    }
  }

  @Test
  void anApiThatNeverAnswersIsLeftInTime() throws Exception {
    try (FakeApi api =
        new FakeApi(
            _ -> {
              Thread.sleep(60_000);
              return new Reply(200, "");
            })) {
      Effect effect = patroni("", api.url()).take(FailoverKind.SWITCHOVER, "");
      assertThat(effect.detail()).contains("does not answer: timeout");
    }
  }

  @Test
  void whatDecidesAboutTheOutageIsReadFromItsConfiguration() throws Exception {
    try (FakeApi api =
        new FakeApi(_ -> new Reply(200, "{\"ttl\": 30, \"loop_wait\": 10, \"postgresql\": {}}"))) {
      assertThat(patroni("", api.url()).settings())
          .containsEntry("ttl", "30")
          .containsEntry("loop_wait", "10")
          .hasSize(2);
    }
    assertThat(patroni("", "http://127.0.0.1:1").settings().get("patroni"))
        .contains("its settings are not known");
  }

  private static void await(String what, Callable<Boolean> condition) {
    try {
      Await.until(what, condition);
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  private Patroni patroni(String secret, String... api) {
    Optional<String> file = Optional.of(secret).filter(name -> !name.isEmpty());
    return new Patroni(
        new FailoverMeans.Patroni(List.of(api), Optional.of("admin"), file), folder, seen::add);
  }
}
