package dev.faultline.node.packet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.node.packet.Direction;
import dev.faultline.node.packet.DnsReply;
import dev.faultline.node.packet.DnsReply.Code;
import dev.faultline.node.packet.Ends;
import dev.faultline.node.packet.PacketEffect.Dns;
import dev.faultline.node.packet.PacketFault;
import dev.faultline.node.packet.PacketReading;
import dev.faultline.node.packet.PacketSettings;
import dev.faultline.node.packet.Place;
import dev.faultline.node.packet.Protocol;
import dev.faultline.node.packet.Selection;
import dev.faultline.node.packet.TestNames;
import dev.faultline.node.packet.TestNetwork;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.stream.Stream;
import javax.naming.CommunicationException;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.ServiceUnavailableException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JDK's own client of DNS asks a server over a line of which either end is disturbed. */
class DnsTrafficTest {

  private static final String NAME = "fault";

  /** Who is asked, and where the fault is. */
  record Way(String server, Direction direction) {}

  private TestNetwork near;
  private TestNetwork far;
  private TestNames names;
  private PacketEngine here;
  private PacketEngine there;

  static Stream<Way> ways() {
    return Stream.of("10.231.9.2", "fd00:231::2")
        .flatMap(at -> Stream.of(Direction.values()).map(way -> new Way(at, way)));
  }

  @BeforeEach
  void begin() throws Exception {
    near = TestNetwork.create();
    far = TestNetwork.create();
    near.join(
        far,
        "w",
        List.of("10.231.9.1/24", "fd00:231::1/64"),
        List.of("10.231.9.2/24", "fd00:231::2/64"));
    names = far.inside(() -> TestNames.at(InetAddress.ofLiteral("::")));
    here = engine(near);
    there = engine(far);
  }

  private static PacketEngine engine(TestNetwork network) throws PacketRefused {
    return PacketEngine.start(
        PacketSettings.of("dns", new Place.Named(network.path()), Duration.ofMinutes(5)));
  }

  @AfterEach
  void end() throws Exception {
    for (AutoCloseable one : new AutoCloseable[] {here, there, names, near, far}) {
      if (one != null) {
        one.close();
      }
    }
  }

  private PacketEngine engine(Way way) {
    return way.direction() == Direction.IN ? here : there;
  }

  private void put(Way way, Duration delay, DnsReply reply) throws PacketRefused {
    Ends ends =
        way.direction() == Direction.IN ? Ends.remote(names.port()) : Ends.local(names.port());
    engine(way)
        .put(
            NAME,
            PacketFault.of(
                Selection.of(Protocol.UDP, ends, way.direction()),
                new Dns(List.of("*.shop.internal"), delay, reply)));
  }

  /** What the client makes of the answer of a server that is the test's own. */
  @SuppressWarnings({"BanJNDI", "JdkObsolete"})
  private String ask(Way way, String name, String type) throws Exception {
    String server = way.server().contains(":") ? "[" + way.server() + "]" : way.server();
    Hashtable<String, String> settings = new Hashtable<>();
    settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    settings.put(Context.PROVIDER_URL, "dns://" + server + ":" + names.port());
    settings.put("com.sun.jndi.dns.timeout.initial", "500");
    settings.put("com.sun.jndi.dns.timeout.retries", "2");
    return near.inside(
        () -> {
          InitialDirContext client = new InitialDirContext(settings);
          try {
            Attribute found = client.getAttributes(name, new String[] {type}).get(type);
            return found == null ? "nothing" : String.valueOf(found.get());
          } finally {
            client.close();
          }
        });
  }

  @ParameterizedTest
  @MethodSource("ways")
  void anAnswerIsWhatTheFaultSays(Way way) throws Exception {
    assertThat(ask(way, "db.shop.internal", "A")).isEqualTo(TestNames.ADDRESS);

    put(way, Duration.ZERO, new DnsReply.Failure(Code.NXDOMAIN));
    assertThatThrownBy(() -> ask(way, "db.shop.internal", "A"))
        .isInstanceOf(NameNotFoundException.class);
    assertThatThrownBy(() -> ask(way, "db.Shop.Internal", "TXT"))
        .isInstanceOf(NameNotFoundException.class);
    assertThat(ask(way, "db.example", "A")).isEqualTo(TestNames.ADDRESS);

    put(way, Duration.ZERO, new DnsReply.Failure(Code.SERVFAIL));
    assertThatThrownBy(() -> ask(way, "db.shop.internal", "A"))
        .isInstanceOf(ServiceUnavailableException.class);

    put(way, Duration.ZERO, new DnsReply.Failure(Code.REFUSED));
    assertThatThrownBy(() -> ask(way, "db.shop.internal", "A"))
        .isInstanceOf(NamingException.class)
        .hasMessageContaining("code 5");

    put(way, Duration.ZERO, addresses("10.9.9.9", "2001:db8::9"));
    assertThat(ask(way, "db.shop.internal", "A")).isEqualTo("10.9.9.9");
    assertThat(ask(way, "db.shop.internal", "AAAA")).isEqualTo("2001:db8::9");
    assertThat(ask(way, "db.shop.internal", "TXT")).isEqualTo(TestNames.TEXT);

    PacketReading reading = engine(way).remove(NAME).orElseThrow();
    assertThat(reading.named()).isGreaterThanOrEqualTo(6);
    assertThat(reading.matched()).isGreaterThan(reading.named());
    assertThat(ask(way, "db.shop.internal", "A")).isEqualTo(TestNames.ADDRESS);
  }

  private static DnsReply addresses(String... addresses) {
    return new DnsReply.Addresses(Stream.of(addresses).map(InetAddress::ofLiteral).toList());
  }

  @ParameterizedTest
  @MethodSource("ways")
  void anAnswerIsLateOrNeverComes(Way way) throws Exception {
    Duration delay = Duration.ofMillis(100);

    put(way, delay, addresses("10.9.9.9"));
    long began = System.nanoTime();
    assertThat(ask(way, "db.shop.internal", "A")).isEqualTo("10.9.9.9");
    assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(delay.toNanos());
    assertThat(engine(way).remove(NAME).orElseThrow().most()).isGreaterThanOrEqualTo(delay);

    put(way, Duration.ZERO, new DnsReply.None());
    assertThatThrownBy(() -> ask(way, "db.shop.internal", "A"))
        .isInstanceOf(CommunicationException.class);
    assertThat(ask(way, "db.example", "A")).isEqualTo(TestNames.ADDRESS);
    PacketReading reading = engine(way).remove(NAME).orElseThrow();
    assertThat(reading.lost()).isPositive().isEqualTo(reading.named());
  }

  @Test
  void aQuestionWithoutAnAnswerIsNotMet() throws Exception {
    Way way = new Way("10.231.9.2", Direction.IN);
    put(way, Duration.ZERO, new DnsReply.Failure(Code.SERVFAIL));

    names.close();

    assertThatThrownBy(() -> ask(way, "db.shop.internal", "A")).isInstanceOf(NamingException.class);
    assertThat(engine(way).remove(NAME).orElseThrow().named()).isZero();
  }
}
