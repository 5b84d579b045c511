package dev.faultline.environment.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.codec.Codec;
import dev.faultline.model.environment.Lab;
import dev.faultline.model.environment.Load;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Direction;
import dev.faultline.model.world.Disturbance;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.LinkEnds;
import dev.faultline.model.world.LinkReading;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Wiring;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LabLinksTest {

  private static final Lab LAB =
      Codec.json()
          .readValue(
              """
              {"processes": {
                 "web": {"command": ["web", "${web.http}", "${store.http}"], "ports": {"http": "auto"}},
                 "mail": {"command": ["mail"], "env": {"STORE": "${store.http}", "DB": "${db.jdbc}"}},
                 "store": {"command": ["store"], "ports": {"http": "auto", "admin": "auto"}}},
               "databases": {"db": {"postgres": {}}}}
              """,
              Lab.class);
  private static final Optional<Load> LOAD =
      Optional.of(
          Codec.json()
              .readValue(
                  "{\"http\": \"http://127.0.0.1:${web.http}/\", \"rate\": \"9/s\"}", Load.class));
  private static final LabLinks LINKS = LabLinks.of(LAB, LOAD);
  private static final Disturbance LATE =
      new Disturbance.Latency(
          Duration.ofMillis(50), Duration.ZERO, Disturbance.Spread.UNIFORM, 0, true);

  private static Detours detours(LinkEnds ends, boolean... http) {
    List<Wiring.Use> uses = new ArrayList<>();
    for (boolean one : http) {
      uses.add(new Wiring.Use(ends, Optional.empty(), one));
    }
    return Detours.of(LAB, LINKS, new Wiring(uses, LOAD));
  }

  @Test
  void whoeverIsToldAPortOfAnotherHasALinkToIt() {
    assertThat(LINKS.all())
        .extracting(LabLink::name)
        .containsExactlyInAnyOrder(
            "load->web", "web->store.http", "mail->store.http", "mail->db", "db->db");
  }

  @Test
  void aRelayStandsOnlyOnTheLinksThatAreMeantAndOnlyThoseWhoUseThemSeeIt() throws Exception {
    Detours detours = detours(LinkEnds.between("web", "store"), false);
    Ports ports = Ports.choose(LAB, detours, new Random(1));
    Map<String, String> direct = Map.of("store.http", "1", "web.http", "2");

    assertThat(detours.ports()).hasSize(1);
    assertThat(detours.seenBy("web", direct, ports))
        .containsEntry("store.http", Integer.toString(ports.number(detours.ports().getFirst())))
        .containsEntry("web.http", "2");
    assertThat(detours.seenBy("mail", direct, ports)).isEqualTo(direct);
  }

  @Test
  void everyDoorOfADatabaseHasARelayAndTheAddressNamesThem() throws Exception {
    Detours detours = detours(LinkEnds.between("mail", "db"), false);
    Ports ports = Ports.choose(LAB, detours, new Random(1));
    String address = "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/db?connectTimeout=1";
    String direct = address.formatted(ports.number("db-1.door"), ports.number("db-2.door"));

    assertThat(detours.seenBy("mail", Map.of("db.jdbc", direct), ports))
        .containsEntry(
            "db.jdbc",
            address.formatted(
                ports.number(detours.ports().get(0)), ports.number(detours.ports().get(1))));
  }

  @Test
  void aRelayOfBytesPassesOnToTheOneOfExchanges() throws Exception {
    Detours detours = detours(LinkEnds.between("web", "store"), false, true);
    Ports ports = Ports.choose(LAB, detours, new Random(1));
    Detours.Detour bytes =
        detours.all().stream().filter(one -> !one.http()).findFirst().orElseThrow();

    assertThat(detours.all()).hasSize(2);
    assertThat(bytes.target()).contains("http").isNotEqualTo(bytes.server());
    assertThat(detours.seenBy("web", Map.of("store.http", "1"), ports))
        .containsEntry("store.http", Integer.toString(ports.number(bytes.port())));
  }

  @Test
  void aReplicationIsNoWayIntoADatabaseAndNeedsNoRelayOfItsOwn() {
    assertThat(LINKS.matching(new LinkEnds(Optional.empty(), Optional.of("db"))))
        .extracting(LabLink::name)
        .containsExactly("mail->db");
    assertThat(LINKS.matching(LinkEnds.between("db", "db"))).hasSize(1);
    assertThat(detours(LinkEnds.between("db", "db"), false).all()).isEmpty();
  }

  @Test
  void whatIsAskedForIsMeasuredAndIsOverAfterwards() throws Exception {
    Detours detours = detours(LinkEnds.between("web", "store"), false);
    Map<String, Integer> numbers =
        new HashMap<>(Ports.choose(LAB, detours, new Random()).numbers());
    try (ServerSocket server = new ServerSocket(0, 9, InetAddress.getLoopbackAddress());
        LinkRelays relays = new LinkRelays(_ -> List.of())) {
      Thread.ofVirtual().start(() -> echo(server));
      numbers.put("store.http", server.getLocalPort());
      Ports ports = new Ports(numbers, Set.of());
      relays.open(detours, ports);
      int door = ports.number(detours.ports().getFirst());
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), door)) {
        exchange(client);
        assertThat(reading(relays)).isEqualTo(LinkReading.NOTHING);

        assertThat(relays.disturb(order("web->store.http"))).isInstanceOf(Effect.Done.class);
        long giveUp = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!LATE.shownBy(reading(relays)) && System.nanoTime() < giveUp) {
          exchange(client);
        }
        assertThat(LATE.shownBy(reading(relays))).isTrue();

        relays.restore(new Action.RestoreLink("web->store.http", "late"));
        relays.restore(new Action.RestoreLink("web->store.http", "late"));
        assertThat(reading(relays).inForce()).isFalse();
        assertThat(reading(relays).pieces()).isPositive();
      }
    }
  }

  @Test
  void aLinkWithoutARelayCannotBeDisturbedAndIsOver() {
    try (LinkRelays relays = new LinkRelays(_ -> List.of())) {
      assertThat(relays.disturb(order("mail->store.http"))).isInstanceOf(Effect.Failed.class);
      assertThat(reading(relays).inForce()).isFalse();
    }
  }

  private static Action.DisturbLink order(String link) {
    return new Action.DisturbLink(link, "late", LATE, Direction.OUT, 1, Duration.ofMinutes(10), 7);
  }

  private static LinkReading reading(LinkRelays relays) {
    return ((Answer.LinkIs) relays.status(new Query.LinkStatus("web->store.http", "late", LATE)))
        .reading();
  }

  private static void exchange(Socket client) throws IOException {
    client.getOutputStream().write(7);
    assertThat(client.getInputStream().read()).isEqualTo(7);
  }

  private static void echo(ServerSocket server) {
    try (Socket client = server.accept()) {
      client.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException ended) {
      // The test is over.
    }
  }
}
