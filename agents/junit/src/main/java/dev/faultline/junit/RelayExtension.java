package dev.faultline.junit;

import dev.faultline.node.relay.Relay;
import dev.faultline.node.relay.RelayFault;
import dev.faultline.node.relay.RelayReport;
import dev.faultline.node.relay.RelayTraffic;
import dev.faultline.node.relay.StreamFault;
import dev.faultline.node.relay.StreamFault.Blackhole;
import dev.faultline.node.relay.StreamFault.Latency;
import dev.faultline.node.relay.Way;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A relay in front of a server, on a port of the loopback address, for the tests of a class.
 *
 * <p>In a static field it starts before the first test and ends after the last one, and connections
 * may live on from test to test; in a field of an instance each test has its own. Faults that a
 * test sets are removed after it; those of {@code @BeforeAll} stay.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final RelayExtension relay = RelayExtension.to("127.0.0.1", 5432);
 * }</pre>
 *
 * <p>Thread-safe; but tests that run at the same time share the faults.
 */
public final class RelayExtension
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

  private static final String UNNAMED = "fault";

  private final InetSocketAddress target;
  private final AtomicReference<@Nullable Running> running = new AtomicReference<>();

  /**
   * @param forAll whether it serves all tests of a class
   * @param before the faults that were there before the test
   */
  private record Running(Relay relay, boolean forAll, Set<String> before) {}

  private RelayExtension(InetSocketAddress target) {
    this.target = target;
  }

  /**
   * A relay to a server.
   *
   * @param host its name or address, looked up when the tests begin
   * @param port its port; nobody need listen there yet
   */
  public static RelayExtension to(String host, int port) {
    return new RelayExtension(InetSocketAddress.createUnresolved(host, port));
  }

  /**
   * Where the code under test is to connect, in place of the server.
   *
   * @throws IllegalStateException before the tests began
   */
  public int port() {
    return relay().port();
  }

  /** Where the code under test is to connect, in place of the server. */
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port());
  }

  /** Puts a fault in force on all connections and both ways, in place of the last one. */
  public void set(StreamFault fault) {
    set(RelayFault.of(fault));
  }

  /** Puts a fault in force on all connections, one way, in place of the last one. */
  public void set(StreamFault fault, Way way) {
    set(RelayFault.of(fault, way));
  }

  /** Puts a fault in force in place of the last one. */
  public void set(RelayFault fault) {
    put(UNNAMED, fault);
  }

  /** Delays what is sent in both ways, in place of the last fault. */
  public void delay(Duration time) {
    set(new Latency(time));
  }

  /** Lets nothing pass, and nothing end, in place of the last fault. */
  public void cut() {
    set(new Blackhole());
  }

  /** Puts a fault in force beside others, in place of the one that has its name. */
  public void put(String name, RelayFault fault) {
    relay().put(name, fault);
  }

  /** Ends all faults; what they held passes. */
  public void clear() {
    Relay relay = relay();
    relay.faults().forEach(relay::remove);
  }

  /** What the fault did so far that was set without a name. */
  public RelayReport report() {
    return report(UNNAMED);
  }

  /** What the fault of a name did so far. */
  public RelayReport report(String name) {
    return relay().report(name);
  }

  /** What went through so far. */
  public RelayTraffic traffic() {
    return relay().traffic();
  }

  private Relay relay() {
    Running now = running.get();
    if (now == null) {
      throw new IllegalStateException(
          "the relay does not run: register it with @RegisterExtension, and use it in tests");
    }
    return now.relay();
  }

  private Relay start() throws IOException {
    return Relay.start(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        new InetSocketAddress(target.getHostString(), target.getPort()));
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    running.set(new Running(start(), true, Set.of()));
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    Running now = running.get();
    if (now == null) {
      running.set(new Running(start(), false, Set.of()));
    } else {
      running.set(new Running(now.relay(), now.forAll(), now.relay().faults()));
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Running now = running.get();
    if (now != null && !now.forAll()) {
      end();
    } else if (now != null) {
      now.relay().faults().stream()
          .filter(name -> !now.before().contains(name))
          .forEach(now.relay()::remove);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    end();
  }

  private void end() {
    Running last = running.getAndSet(null);
    if (last != null) {
      last.relay().close();
    }
  }
}
