package dev.faultline.environment.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.environment.LabDatabase.Patroni;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AgentSettingsTest {

  @TempDir private Path folder;

  private static PatroniPlan plan(Patroni spec) {
    List<String> names = PatroniPlan.portNames("orders-db", spec);
    return PatroniPlan.of(
        "orders-db", spec, Path.of("/lab/orders-db"), name -> 10_000 + names.indexOf(name));
  }

  private static AgentSettings settings(PatroniPlan plan) {
    return new AgentSettings(
        plan,
        plan.nodes().getFirst(),
        Path.of("/lab/orders-db/orders-db-1"),
        Path.of("/usr/lib/postgresql/15/bin"),
        ClusterSecrets.random(plan));
  }

  private static JsonNode read(Patroni spec) {
    return Loopback.JSON.readTree(settings(plan(spec)).text());
  }

  private static Patroni defaults() {
    return new Patroni(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void whatTheFileLeavesOutIsAsPatroniHasIt() {
    JsonNode dynamic = read(defaults()).at("/bootstrap/dcs");

    assertThat(dynamic.at("/ttl").asInt()).isEqualTo(30);
    assertThat(dynamic.at("/loop_wait").asInt()).isEqualTo(10);
    assertThat(dynamic.at("/retry_timeout").asInt()).isEqualTo(10);
    assertThat(dynamic.at("/primary_start_timeout").asInt()).isEqualTo(300);
    assertThat(dynamic.at("/synchronous_mode").asBoolean(true)).isFalse();
  }

  @Test
  void whatTheFileSaysIsPassedOn() {
    JsonNode dynamic =
        read(PatroniKit.fast(3, true, Optional.of(Duration.ZERO))).at("/bootstrap/dcs");

    assertThat(dynamic.at("/ttl").asInt()).isEqualTo(20);
    assertThat(dynamic.at("/loop_wait").asInt()).isEqualTo(1);
    assertThat(dynamic.at("/primary_start_timeout").asInt(-1)).isZero();
    assertThat(dynamic.at("/synchronous_mode").asBoolean(false)).isTrue();
  }

  @Test
  void othersAreSentToTheDoorsAndOnlyLoopbackIsListenedOn() {
    PatroniPlan plan = plan(defaults());
    PatroniPlan.NodePorts ports = plan.nodes().getFirst();
    JsonNode settings = read(defaults());

    assertThat(settings.at("/postgresql/listen").asString())
        .isEqualTo("127.0.0.1:" + ports.server());
    assertThat(settings.at("/postgresql/connect_address").asString())
        .isEqualTo("127.0.0.1:" + ports.door());
    assertThat(settings.at("/restapi/listen").asString()).isEqualTo("127.0.0.1:" + ports.api());
    assertThat(settings.at("/restapi/connect_address").asString())
        .isEqualTo("127.0.0.1:" + ports.apiDoor());
    assertThat(settings.at("/etcd3/hosts/0").asString()).isEqualTo("127.0.0.1:" + ports.etcdDoor());
    assertThat(settings.at("/etcd3/use_proxies").asBoolean(false)).isTrue();
    assertThat(settings.at("/postgresql/parameters/unix_socket_directories").asString("?"))
        .isEmpty();
  }

  @Test
  void clientsAreToldDoorsAndNoSecret() {
    PatroniPlan plan = plan(PatroniKit.fast(3, true, Optional.empty()));

    assertThat(plan.placeholders().get("orders-db.jdbc"))
        .startsWith("jdbc:postgresql://127.0.0.1:")
        .contains("/orders_db?targetServerType=primary")
        .doesNotContain("password");
    assertThat(plan.doors()).hasSize(3).doesNotHaveDuplicates();
    assertThat(ClusterSecrets.random(plan).toString()).isEqualTo("secrets");
    assertThat(settings(plan).toString())
        .doesNotContain(settings(plan).secrets().superuser().password());
  }

  @Test
  void theGuardIsAProgramForThisUserOnly() throws Exception {
    new ServerGuard(folder).write();
    new ServerGuard(folder).write();

    Path program = folder.resolve(ServerGuard.NAME);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(program)))
        .isEqualTo("rwx------");
    assertThat(new ServerGuard(folder).holding(List.of("patroni", "a file")))
        .startsWith("flock", "--no-fork")
        .endsWith("patroni", "a file");
  }
}
