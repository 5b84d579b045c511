package dev.faultline.node.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.node.Await;
import dev.faultline.node.delay.Dice;
import dev.faultline.node.delay.Distribution;
import dev.faultline.node.relay.Ends.Pair;
import dev.faultline.node.relay.StreamFault.Bandwidth;
import dev.faultline.node.relay.StreamFault.Blackhole;
import dev.faultline.node.relay.StreamFault.HalfClose;
import dev.faultline.node.relay.StreamFault.Latency;
import dev.faultline.node.relay.StreamFault.Limit;
import dev.faultline.node.relay.StreamFault.Refuse;
import dev.faultline.node.relay.StreamFault.Reset;
import dev.faultline.node.relay.StreamFault.Slice;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each fault does to connections that are open when it begins, changes and ends. */
class RelayFaultsTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private Ends ends;

  @BeforeEach
  void start() throws IOException {
    ends = Ends.open();
  }

  @AfterEach
  void end() throws IOException {
    ends.close();
  }

  private void put(StreamFault fault, Way way) {
    ends.relay().put("fault", RelayFault.of(fault, way));
  }

  private void remove() {
    ends.relay().remove("fault");
  }

  private RelayReport report() {
    return ends.relay().report("fault");
  }

  @Test
  void latencyDelaysOneWayAndIsMeasured() throws Exception {
    try (Pair pair = ends.connect()) {
      put(new Latency(Duration.ofMillis(50)), Way.FROM_TARGET);
      assertThat(pair.there(1)).isEqualTo(1);
      long began = System.nanoTime();
      assertThat(pair.back(2)).isEqualTo(2);

      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isGreaterThanOrEqualTo(Duration.ofMillis(50));
      RelayReport report = report();
      assertThat(report.connections()).isEqualTo(1);
      assertThat(report.bytes()).isEqualTo(1);
      assertThat(report.least()).isGreaterThanOrEqualTo(Duration.ofMillis(50));
      assertThat(report.most()).isGreaterThanOrEqualTo(report.median());
      remove();
      pair.assertAlive();
      assertThat(report()).isEqualTo(report);
    }
  }

  @Test
  void aDelayLineKeepsOrderAndBandwidth() throws Exception {
    Duration delay = Duration.ofMillis(200);
    put(new Latency(delay), Way.TO_TARGET);
    byte[] bytes = RelayTest.noise(16 << 20);
    try (Pair pair = ends.connect()) {
      long began = System.nanoTime();
      RelayTest.send(pair.client(), bytes);

      assertThat(pair.server().getInputStream().readAllBytes()).isEqualTo(bytes);
      // A pause for each piece of at most 64 KiB would take 51 s at least.
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isBetween(delay, Duration.ofSeconds(30));
    }
  }

  @Test
  void whatIsHeldPassesWhenADelayEndsOrGetsShorterAndNothingOvertakes() throws Exception {
    try (Pair pair = ends.connect()) {
      put(new Latency(HOUR), Way.TO_TARGET);
      pair.client().getOutputStream().write(1);
      Ends.assertSilent(pair.server());
      put(new Latency(Duration.ofMillis(1)), Way.TO_TARGET);
      pair.client().getOutputStream().write(2);
      assertThat(pair.server().getInputStream().readNBytes(2)).containsExactly(1, 2);

      put(new Latency(HOUR), Way.TO_TARGET);
      pair.client().getOutputStream().write(3);
      Ends.assertSilent(pair.server());
      remove();
      assertThat(pair.server().getInputStream().read()).isEqualTo(3);
      pair.assertAlive();
    }
  }

  @Test
  void bandwidthIsThatOfTheWay() throws Exception {
    byte[] bytes = RelayTest.noise(100_000);
    put(new Bandwidth(400_000), Way.TO_TARGET);
    try (Pair pair = ends.connect()) {
      long began = System.nanoTime();
      RelayTest.send(pair.client(), bytes);
      assertThat(pair.server().getInputStream().readAllBytes()).isEqualTo(bytes);

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(249));
      assertThat(pair.back(1)).isEqualTo(1);
      assertThat(report().bytes()).isEqualTo(bytes.length);
      assertThat(report().pieces()).isGreaterThanOrEqualTo(25);
    }
  }

  @Test
  void resetEndsOpenConnectionsAndNewOnesAtTheirTime() throws Exception {
    try (Pair old = ends.connect()) {
      old.assertAlive();
      put(new Reset(Duration.ofMillis(20)), Way.TO_TARGET);
      Ends.assertReset(old.client());
      Ends.assertReset(old.server());
      try (Pair fresh = ends.connect()) {
        Ends.assertReset(fresh.client());
        Ends.assertReset(fresh.server());
      }
      assertThat(report().connections()).isEqualTo(2);
      remove();
      try (Pair after = ends.connect()) {
        after.assertAlive();
      }
    }
  }

  @Test
  void refusalHitsNewConnectionsAlone() throws Exception {
    try (Pair old = ends.connect()) {
      old.assertAlive();
      put(new Refuse(), Way.TO_TARGET);
      assertThatThrownBy(
              () -> {
                try (Socket fresh = ends.client()) {
                  fresh.getOutputStream().write(1);
                  fresh.getInputStream().read();
                }
              })
          .isInstanceOf(IOException.class);
      old.assertAlive();
      assertThat(report().connections()).isEqualTo(1);
      assertThat(ends.relay().traffic().refused()).isEqualTo(1);
      remove();
      try (Pair after = ends.connect()) {
        after.assertAlive();
      }
    }
  }

  @Test
  void aBlackholeHoldsBytesEndsResetsAndNewConnections() throws Exception {
    RelayFault everything = RelayFault.of(new Blackhole());
    try (Pair old = ends.connect();
        Pair dying = ends.connect()) {
      old.assertAlive();
      dying.assertAlive();
      ends.relay().put("fault", everything);
      old.client().getOutputStream().write(1);
      old.client().shutdownOutput();
      Ends.reset(dying.server());
      Ends.assertSilent(old.server());
      Ends.assertSilent(dying.client());
      try (Socket fresh = ends.client()) {
        fresh.getOutputStream().write(2);
        Ends.assertSilent(fresh);
        ends.relay().put("fault", everything);
        Await.until("the byte is counted", () -> report().bytes() == 1);

        remove();

        assertThat(old.server().getInputStream().read()).isEqualTo(1);
        Ends.assertEnds(old.server());
        assertThat(old.back(3)).isEqualTo(3);
        Ends.assertReset(dying.client());
        try (Socket accepted = ends.accept()) {
          assertThat(accepted.getInputStream().read()).isEqualTo(2);
        }
      }
    }
  }

  @Test
  void aBlackholeHoldsEvenThatNoServerIsThere() throws Exception {
    ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    gone.close();
    try (Relay relay = Ends.relayTo(gone.getLocalPort())) {
      relay.put("back", RelayFault.of(new Blackhole(), Way.FROM_TARGET));
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), relay.port())) {
        Ends.assertSilent(client);
        relay.remove("back");
        Ends.assertReset(client);
      }
    }
  }

  @Test
  void halfCloseEndsOneWayForGood() throws Exception {
    try (Pair pair = ends.connect()) {
      pair.assertAlive();
      put(new HalfClose(), Way.TO_TARGET);
      Ends.assertEnds(pair.server());
      pair.client().getOutputStream().write(1);
      assertThat(pair.back(2)).isEqualTo(2);
      Await.until("the byte is dropped", () -> report().bytes() == 1);
      remove();
      assertThat(pair.back(3)).isEqualTo(3);
      Ends.assertEnds(pair.server());
    }
  }

  @Test
  void sliceCutsAndPauses() throws Exception {
    put(new Slice(2, Duration.ofMillis(30)), Way.TO_TARGET);
    try (Pair pair = ends.connect()) {
      long began = System.nanoTime();
      pair.client().getOutputStream().write(new byte[] {1, 2, 3, 4, 5});
      assertThat(pair.server().getInputStream().readNBytes(5)).containsExactly(1, 2, 3, 4, 5);

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(59));
      assertThat(report().pieces()).isEqualTo(3);
    }
  }

  @Test
  void limitEndsTheConnectionAfterSoManyBytes() throws Exception {
    try (Pair pair = ends.connect()) {
      pair.assertAlive();
      put(new Limit(3), Way.TO_TARGET);
      assertThat(pair.there(1)).isEqualTo(1);
      pair.client().getOutputStream().write(new byte[] {2, 3, 4, 5});
      assertThat(pair.server().getInputStream().readAllBytes()).containsExactly(2, 3);
      Ends.assertEnds(pair.client());
      assertThat(report().bytes()).isEqualTo(3);
    }
    Await.until("the end", () -> ends.relay().traffic().open() == 0);
  }

  @Test
  void severalFaultsComposeAndNoneTakesAnotherAway() throws Exception {
    ends.relay().put("late", RelayFault.of(new Latency(Duration.ofMillis(40)), Way.TO_TARGET));
    ends.relay().put("later", RelayFault.of(new Latency(Duration.ofMillis(40)), Way.TO_TARGET));
    ends.relay().put("thin", RelayFault.of(new Slice(1, Duration.ofMillis(20)), Way.TO_TARGET));
    assertThat(ends.relay().faults()).containsExactly("late", "later", "thin");
    try (Pair pair = ends.connect()) {
      long began = System.nanoTime();
      pair.client().getOutputStream().write(new byte[] {1, 2, 3});
      assertThat(pair.server().getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(119));

      ends.relay().put("cut", RelayFault.of(new Blackhole()));
      pair.client().getOutputStream().write(4);
      Set.of("late", "later", "thin").forEach(ends.relay()::remove);
      Ends.assertSilent(pair.server());
      ends.relay().remove("cut");
      assertThat(pair.server().getInputStream().read()).isEqualTo(4);
      assertThat(ends.relay().faults()).isEmpty();
    }
  }

  @Test
  void aShareOfConnectionsIsHitAndTheSameOnesForTheSameSeed() throws Exception {
    RelayFault half = new RelayFault(new Refuse(), EnumSet.allOf(Way.class), 0.5, 42);
    ends.relay().put("half", half);
    int hit = 0;
    for (int i = 0; i < 200; i++) {
      boolean expected = Dice.share(42, i) < 0.5;
      hit += expected ? 1 : 0;
      try (Socket client = ends.client()) {
        if (!expected) {
          ends.accept().close();
          Ends.assertEnds(client);
        }
      } catch (IOException refused) {
        assertThat(expected).isTrue();
      }
    }
    int expected = hit;
    Await.until("all are told apart", () -> ends.relay().traffic().refused() == expected);
    assertThat(hit).isBetween(70, 130);
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> new Bandwidth(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Slice(0, HOUR)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Limit(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Latency(HOUR.negated()))
        .hasMessageContaining("delay must not be negative");
    assertThatThrownBy(() -> new Latency(HOUR, HOUR, Distribution.NORMAL, 1.5))
        .hasMessageContaining("correlation");
    assertThatThrownBy(() -> new RelayFault(new Refuse(), Set.of(), 1, 0))
        .hasMessageContaining("way");
    assertThatThrownBy(() -> new RelayFault(new Refuse(), Set.of(Way.TO_TARGET), 1.1, 0))
        .hasMessageContaining("share");
  }
}
