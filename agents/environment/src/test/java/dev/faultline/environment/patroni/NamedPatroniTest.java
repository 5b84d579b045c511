package dev.faultline.environment.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.Await;
import dev.faultline.environment.database.Shop;
import dev.faultline.environment.database.named.NamedDatabase;
import dev.faultline.environment.patroni.PatroniPlan.NodePorts;
import dev.faultline.model.environment.Database;
import dev.faultline.model.environment.FailoverMeans;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.FailoverKind;
import dev.faultline.model.world.NodeRole;
import dev.faultline.model.world.Sighting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A cluster that runs, addressed as one that somebody else started. */
@Tag("slow")
class NamedPatroniTest {

  private static final Action.FailOver SWITCH_OVER =
      new Action.FailOver("shop", "", FailoverKind.SWITCHOVER);

  @TempDir private Path folder;
  private final Queue<Sighting> seen = new ConcurrentLinkedQueue<>();

  @Test
  void aSwitchoverPastANodeThatIsAwayLosesNothing() throws Exception {
    try (PatroniKit kit = PatroniKit.start(folder, PatroniKit.fast(3, true, Optional.empty()))) {
      String away = awaitAsynchronous(kit);
      List<NodePorts> nodes = awayFirst(kit, away);
      NamedDatabase database = named(kit, nodes, secret("api", apiPassword(kit)));
      assertThat(database.state().settings())
          .containsEntry("ttl", "20")
          .containsEntry("synchronous_mode", "true");
      try (Shop shop = new Shop(List.of(database))) {
        shop.open(2, 100);
        Await.until("some are written", () -> shop.now().acknowledged() > 100);
        kit.signalAgent(away, "STOP");

        Effect effect = database.failOver(SWITCH_OVER);

        assertThat(effect).as(effect.detail()).isInstanceOf(Effect.Done.class);
        assertThat(effect.detail())
            .contains("Patroni switches from orders-db-1 to ", "Successfully switched over")
            .doesNotContain("to " + away);
        Await.until("the new leader is told", () -> kinds().contains(Sighting.Kind.PROMOTED));
        kit.signalAgent(away, "CONT");
        long now = shop.now().acknowledged();
        Await.until("the writers go on", () -> shop.now().acknowledged() > now + 50);
        assertThat(shop.tally().lost()).isZero();
        assertThat(shop.drop()).contains("dropped");
      }
      assertThat(kinds())
          .containsExactly(Sighting.Kind.DETECTED, Sighting.Kind.MITIGATED, Sighting.Kind.PROMOTED);
      assertThat(database.state().with(NodeRole.PRIMARY)).hasSize(1);
    }
  }

  @Test
  void withoutItsPasswordNothingIsSwitched() throws Exception {
    try (PatroniKit kit = PatroniKit.start(folder, PatroniKit.fast(2, false, Optional.empty()))) {
      NamedDatabase database = named(kit, kit.plan.nodes(), secret("wrong", "not-the-passw0rd"));
      NamedDatabase nameless = named(kit, kit.plan.nodes(), Optional.empty());

      assertThat(database.failOver(SWITCH_OVER))
          .isInstanceOf(Effect.Failed.class)
          .extracting(Effect::detail)
          .asString()
          .contains("/switchover answered 401")
          .doesNotContain("passw0rd");
      assertThat(nameless.failOver(SWITCH_OVER).detail()).contains("/switchover answered 401");

      assertThat(kit.role("orders-db-1")).isEqualTo(NodeRole.PRIMARY);
      assertThat(kinds()).isEmpty();
    }
  }

  private List<Sighting.Kind> kinds() {
    return seen.stream().map(Sighting::kind).toList();
  }

  /** The standby that the primary does not wait for; it may be frozen without stopping writes. */
  private static String awaitAsynchronous(PatroniKit kit) throws Exception {
    Await.until(
        "one of two standbys is synchronous", () -> withRole(kit, "sync_standby").size() == 1);
    return withRole(kit, "replica").getFirst();
  }

  private static List<String> withRole(PatroniKit kit, String role) throws Exception {
    URI cluster =
        URI.create("http://127.0.0.1:%d/cluster".formatted(kit.plan.nodes().getFirst().apiDoor()));
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest question =
          HttpRequest.newBuilder(cluster).timeout(Duration.ofSeconds(10)).build();
      String answer = http.send(question, HttpResponse.BodyHandlers.ofString()).body();
      return JsonMapper.shared()
          .readTree(answer)
          .get("members")
          .valueStream()
          .filter(member -> member.get("role").asString().equals(role))
          .map(member -> member.get("name").asString())
          .toList();
    }
  }

  private static List<NodePorts> awayFirst(PatroniKit kit, String away) {
    List<NodePorts> nodes = new ArrayList<>(kit.plan.nodes());
    nodes.sort(Comparator.comparing(node -> !node.node().equals(away)));
    return nodes;
  }

  private NamedDatabase named(PatroniKit kit, List<NodePorts> nodes, Optional<String> apiSecret)
      throws Exception {
    String hosts =
        String.join(",", nodes.stream().map(node -> "127.0.0.1:" + node.door()).toList());
    FailoverMeans patroni =
        new FailoverMeans.Patroni(
            nodes.stream().map(node -> "http://127.0.0.1:" + node.apiDoor()).toList(),
            Optional.of("faultline"),
            apiSecret);
    return new NamedDatabase(
        "shop",
        new Database(
            "jdbc:postgresql://%s/%s".formatted(hosts, kit.plan.database()),
            Optional.of(PatroniPlan.USER),
            Optional.of(kit.plan.passwordFile().toString()),
            Optional.of(new Database.Failing(patroni))),
        folder,
        seen::add);
  }

  private static String apiPassword(PatroniKit kit) throws IOException {
    Path home = kit.plan.folder().resolve(kit.plan.nodes().getFirst().node());
    JsonNode settings = JsonMapper.shared().readTree(PatroniNode.settingsIn(home).toFile());
    return settings.at("/restapi/authentication/password").asString();
  }

  private Optional<String> secret(String name, String password) throws IOException {
    Path file = Files.writeString(folder.resolve(name), password);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return Optional.of(file.toString());
  }
}
