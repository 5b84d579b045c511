package dev.faultline.node.packet.course;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.node.packet.Direction;
import dev.faultline.node.packet.DnsReply;
import dev.faultline.node.packet.Ends;
import dev.faultline.node.packet.PacketEffect.Dns;
import dev.faultline.node.packet.PacketFault;
import dev.faultline.node.packet.Protocol;
import dev.faultline.node.packet.Selection;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets by hand: what is an answer of DNS, and what it is turned into. */
class DnsAnswerTest {

  private static final int MUTANTS = 200_000;

  /** Asked for the address of {@code db.Shop}: CNAME and address, with a cookie of EDNS. */
  private static final String ANSWER =
      "1234 8580 0001 0002 0000 0001 0264620453686f7000 0001 0001"
          + "c00c 0005 0001 0000003c 0004 01620000"
          + "c00c 0001 0001 0000003c 0004 0a000001"
          + "00 0029 04d0 07008000 000c 000a 0008 0102030405060708";

  private static final String WITHOUT_EDNS = "1234 8100 0001 0000 0000 0000 0161 00 001c 0001";

  private static byte[] packet(boolean four, String message) {
    byte[] dns = HexFormat.of().parseHex(message.replace(" ", ""));
    String header =
        four
            ? "45000000000100004011000 00a4d4d020a4d4d01"
            : "6000000000001140"
                + "20010db8000000000000000000000002"
                + "20010db8000000000000000000000001";
    byte[] ip = HexFormat.of().parseHex(header.replace(" ", ""));
    ByteBuffer all = ByteBuffer.allocate(ip.length + 8 + dns.length).put(ip);
    all.putShort((short) 53).putShort((short) 40000).putShort((short) (8 + dns.length));
    all.putShort((short) 0).put(dns);
    all.putShort(four ? 2 : 4, (short) (four ? all.capacity() : 8 + dns.length));
    return all.array();
  }

  private static DnsAnswer answer(boolean four, String message) {
    return DnsAnswer.in(packet(four, message)).orElseThrow();
  }

  private static String message(byte[] packet) {
    return HexFormat.of().formatHex(packet, packet[0] >> 4 == 4 ? 28 : 48, packet.length);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFailureKeepsTheQuestionAndTheCookieAlone(boolean four) {
    byte[] failed = answer(four, ANSWER).failed(3);

    assertThat(message(failed))
        .isEqualTo(
            ("1234 8183 0001 0000 0000 0001 0264620453686f7000 0001 0001"
                    + "00 0029 04d0 00008000 000c 000a 0008 0102030405060708")
                .replace(" ", ""));
    checkSums(failed);
  }

  @Test
  void anAnswerIsOfTheFamilyThatWasAskedFor() {
    List<InetAddress> both =
        List.of(InetAddress.ofLiteral("10.9.9.9"), InetAddress.ofLiteral("2001:db8::9"));

    byte[] four = answer(true, ANSWER).with(both);
    byte[] six = answer(false, WITHOUT_EDNS).with(both);

    assertThat(message(four))
        .startsWith("1234" + "8180" + "0001" + "0001" + "0000" + "0001")
        .contains("c00c" + "0001" + "0001" + "00000000" + "0004" + "0a090909");
    assertThat(message(six))
        .isEqualTo(
            ("1234 8100 0001 0001 0000 0000 0161 00 001c 0001 c00c 001c 0001 00000000 0010"
                    + "20010db8000000000000000000000009")
                .replace(" ", ""));
    checkSums(four);
    checkSums(six);
    assertThat(message(answer(true, WITHOUT_EDNS).with(both.subList(0, 1))))
        .as("there is none of that family")
        .isEqualTo(WITHOUT_EDNS.replace(" ", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "db.shop, true",
    "*.shop, true",
    "*, true",
    "d*p, true",
    "shop, false",
    "db.shop.*, false"
  })
  void aPatternMeansWholeNamesWhateverTheirCase(String pattern, boolean meant) {
    Dns late = new Dns(List.of("other", pattern), Duration.ofMillis(5), new DnsReply.Same());
    Selection all = Selection.of(Protocol.UDP, Ends.ANY, Direction.IN);

    Fate fate =
        Course.of(PacketFault.of(all, late), Direction.IN, 0)
            .meet(0, 100, () -> packet(true, ANSWER));

    assertThat(fate.named()).isEqualTo(meant);
    assertThat(fate.leaves()).isEqualTo(meant ? 5_000_000 : 0);
    assertThat(fate.other()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "a question, 1234 0100 0001 0000 0000 0000 0161 00 0001 0001",
    "a notification, 1234 a000 0001 0000 0000 0000 0161 00 0001 0001",
    "two questions, 1234 8100 0002 0000 0000 0000 0161 00 0001 0001 0161 00 0001 0001",
    "no question, 1234 8100 0000 0000 0000 0000",
    "half a header, 1234 8100 0001",
    "a pointer to itself, 1234 8100 0001 0000 0000 0000 c00c 0001 0001",
    "a label of a kind that is none, 1234 8100 0001 0000 0000 0000 4161 00 0001 0001",
    "a name without an end, 1234 8100 0001 0000 0000 0000 0161",
    "a label beyond the end, 1234 8100 0001 0000 0000 0000 3f61 00 0001 0001",
    "half a question, 1234 8100 0001 0000 0000 0000 0161 00 0001"
  })
  void whatIsNoAnswerInGoodOrderIsLeftAlone(String what, String message) {
    assertThat(DnsAnswer.in(packet(true, message))).as(what).isEmpty();
    assertThat(DnsAnswer.in(packet(false, message))).as(what).isEmpty();
  }

  @Test
  void aNameIsAtMostAsLongAsDnsAllows() {
    String label = "3f" + "61".repeat(63);
    String head = "1234 8100 0001 0000 0000 0000";
    String longest = head + label.repeat(3) + "3d" + "61".repeat(61) + "00 0001 0001";

    assertThat(answer(true, longest).name()).hasSize(253);
    assertThat(DnsAnswer.in(packet(true, head + label.repeat(4) + "00 0001 0001"))).isEmpty();
  }

  @Test
  void otherPacketsAreLeftAlone() {
    byte[] fragment = packet(true, ANSWER);
    fragment[6] = 0x20;
    byte[] tcp = packet(false, ANSWER);
    tcp[6] = 6;
    byte[] longer = Arrays.copyOf(packet(true, ANSWER), 200);

    for (byte[] other : List.of(fragment, tcp, longer, new byte[0], new byte[] {0x45})) {
      assertThat(DnsAnswer.in(other)).isEmpty();
    }
  }

  /** Whatever comes, it is left alone, or becomes a sound answer to the same question. */
  @Test
  void noPacketHoweverBrokenDoesHarm() {
    SplittableRandom random = new SplittableRandom(7);
    int answers = 0;
    for (int i = 0; i < MUTANTS; i++) {
      byte[] mutant = mutant(random);
      Optional<DnsAnswer> read = DnsAnswer.in(mutant);
      if (read.isPresent()) {
        answers++;
        byte[] failed = read.get().failed(2);
        checkSums(failed);
        assertThat(DnsAnswer.in(failed).orElseThrow().name()).isEqualTo(read.get().name());
        assertThat(failed.length).isLessThanOrEqualTo(mutant.length);
        assertThat(DnsAnswer.in(failed).orElseThrow().failed(2)).isEqualTo(failed);
      }
    }
    assertThat(answers).isBetween(MUTANTS / 10, MUTANTS - MUTANTS / 10);
  }

  private static byte[] mutant(SplittableRandom random) {
    byte[] packet = packet(random.nextBoolean(), ANSWER);
    int header = packet[0] >> 4 == 4 ? 28 : 48;
    for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
      int from = random.nextInt(10) == 0 ? 0 : header;
      packet[random.nextInt(from, packet.length)] = (byte) random.nextInt();
    }
    return random.nextInt(10) == 0 ? Arrays.copyOf(packet, random.nextInt(packet.length)) : packet;
  }

  /** As RFC 768 and 791 have it: with its checksum a sum of ones' complement is all ones. */
  private static void checkSums(byte[] packet) {
    boolean four = packet[0] >> 4 == 4;
    int udp = four ? (packet[0] & 15) * 4 : 40;
    if (four) {
      assertThat(sum(packet, 0, udp, 0)).isEqualTo(0xFFFF);
    }
    long ends = four ? sum(packet, 12, 20, 0) : sum(packet, 8, 40, 0);
    assertThat(sum(packet, udp, packet.length, ends + 17 + packet.length - udp)).isEqualTo(0xFFFF);
  }

  private static long sum(byte[] packet, int from, int to, long before) {
    long sum = before;
    for (int i = from; i < to; i++) {
      sum += (long) (packet[i] & 0xFF) << ((i - from) % 2 == 0 ? 8 : 0);
    }
    return sum % 0xFFFF == 0 && sum > 0 ? 0xFFFF : sum % 0xFFFF;
  }
}
