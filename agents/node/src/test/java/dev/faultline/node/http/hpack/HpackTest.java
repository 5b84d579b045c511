package dev.faultline.node.http.hpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.node.http.message.Field;
import dev.faultline.node.http.message.Fields;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HpackTest {

  private static final String REQUESTS =
      """
      :method: GET, :scheme: http, :path: /, :authority: www.example.com
      :method: GET, :scheme: http, :path: /, :authority: www.example.com, cache-control: no-cache
      :method: GET, :scheme: https, :path: /index.html, :authority: www.example.com, custom-key: custom-value
      """;

  private static final String ANSWERS =
      """
      :status: 302, cache-control: private, date: Mon; 21 Oct 2013 20:13:21 GMT, location: https://www.example.com
      :status: 307, cache-control: private, date: Mon; 21 Oct 2013 20:13:21 GMT, location: https://www.example.com
      :status: 200, cache-control: private, date: Mon; 21 Oct 2013 20:13:22 GMT, location: https://www.example.com, \
      content-encoding: gzip, set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1
      """;

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
  }

  private static String text(Fields fields) {
    return String.join(
        ", ",
        fields.all().stream()
            .map(field -> field.name() + ": " + field.value().replace(',', ';'))
            .toList());
  }

  private static void assertDecodes(String expected, String... blocks) throws HpackException {
    HpackDecoder decoder = new HpackDecoder();
    List<String> lines = new ArrayList<>();
    for (String block : blocks) {
      lines.add(text(decoder.decode(hex(block))));
    }
    assertThat(lines).isEqualTo(expected.lines().toList());
  }

  @Test
  void requestsOfTheStandardAreRead() throws Exception {
    assertDecodes(
        REQUESTS,
        "828684410f7777772e6578616d706c652e636f6d",
        "828684be58086e6f2d6361636865",
        "828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565");
  }

  @Test
  void requestsInTheHuffmanCodeAreRead() throws Exception {
    assertDecodes(
        REQUESTS,
        "828684418cf1e3c2e5f23a6ba0ab90f4ff",
        "828684be5886a8eb10649cbf",
        "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf");
  }

  @Test
  void answersThatFillASmallTableAreRead() throws Exception {
    // Appendix C.6, whose table has 256 bytes: the first block says so.
    assertDecodes(
        ANSWERS,
        "3fe101"
            + "488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad17"
            + "1863c78f0b97c8e9ae82ae43d3",
        "4883640effc1c0bf",
        "88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7b3"
            + "35dfdfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007");
  }

  @Test
  void aFieldThatNoTableMayHoldStaysOne() throws Exception {
    Fields fields = new HpackDecoder().decode(hex("100870617373776f726406736563726574"));

    assertThat(fields.all()).containsExactly(new Field("password", "secret", true));
    assertThat(new HpackDecoder().decode(new HpackEncoder().encode(fields))).isEqualTo(fields);
  }

  @Test
  void whatIsWrittenIsReadWhateverBytesItHas() throws Exception {
    Random random = new Random(7);
    HpackEncoder encoder = new HpackEncoder();
    HpackDecoder decoder = new HpackDecoder();
    for (int round = 0; round < 200; round++) {
      List<Field> fields = new ArrayList<>();
      for (int i = random.nextInt(20); i > 0; i--) {
        String value = bytes(random, random.nextInt(300));
        fields.add(new Field("x-" + i, value, random.nextBoolean()));
      }
      byte[] block = encoder.encode(new Fields(fields));
      assertThat(decoder.decode(block).all()).isEqualTo(fields);
    }
  }

  private static String bytes(Random random, int length) {
    StringBuilder text = new StringBuilder();
    random.ints(length, 0, 256).forEach(b -> text.append((char) b));
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80", // index 0
        "be", // beyond the table
        "82 3fe11f", // a new size after a field
        "3fe21f", // a table larger than agreed
        "7fffffffffffffffff01", // a number without end
        "40", // no name
        "400a6375", // a name that ends early
        "0001788100", // Huffman padding with zeros
        "000178 81ff", // a whole byte of padding
        "000178 84ffffffff" // the end symbol
      })
  void whatIsNoBlockIsRefused(String block) {
    assertThatThrownBy(() -> new HpackDecoder().decode(hex(block)))
        .isInstanceOf(HpackException.class);
  }

  @Test
  void aSmallBlockThatUnpacksToManyFieldsIsRefused() {
    String one = "40 01 78 7f 8107" + "61".repeat(1024);
    String bomb = one + "be".repeat(4000);
    assertThatThrownBy(() -> new HpackDecoder().decode(hex(bomb)))
        .isInstanceOf(HpackException.class)
        .hasMessageContaining("more than");
  }

  @Test
  void noiseIsReadOrRefusedAndNothingElse() {
    Random random = new Random(11);
    int refused = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] noise = new byte[random.nextInt(64)];
      random.nextBytes(noise);
      try {
        new HpackDecoder().decode(noise);
      } catch (HpackException expected) {
        refused++;
      }
    }
    assertThat(refused).isBetween(1000, 19_999);
  }
}
