package dev.faultline.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FuseOrderTest {

  private static final ProcessIdentity SOMEBODY =
      new ProcessIdentity("01234567-89ab-cdef-0123-456789abcdef", 77, 4242);

  private static final FuseOrder ORDER =
      new FuseOrder(
          "run-1",
          "freeze.db",
          Path.of("/tmp/a lease\n$(id)"),
          Duration.ofSeconds(3),
          Duration.ofMillis(100),
          List.of(
              new FuseAction.Signal(SOMEBODY, PosixSignal.CONT),
              new FuseAction.Descriptors(SOMEBODY, 1024),
              new FuseAction.Run(
                  List.of("nft", "", "a b", "$(id)", "'\"", "x\ny", "ü€😀"),
                  Map.of("A", "", "B", "1=2:3,4"),
                  Duration.ofSeconds(5)),
              new FuseAction.Say(
                  Path.of("/run/a socket ü"),
                  List.of("set server b/s weight 256", "$(id) '\"&|"),
                  Duration.ofSeconds(2)),
              new FuseAction.Post(
                  "::1", 9901, "/runtime_modify?a.b=&c=%7C1", Duration.ofSeconds(2)),
              new FuseAction.Write(
                  new OwnedFile(Path.of("/etc/a file ü"), "# ours"),
                  "# ours;\n$(id) '\"ü😀\n",
                  new FuseAction.Run(List.of("a b", ";"), Map.of("X", "1"), Duration.ofSeconds(9))),
              new FuseAction.Run(List.of("true"), Map.of(), Duration.ofMillis(1))));

  @Test
  void anOrderComesBackAsItWas() throws Exception {
    assertThat(read(FuseOrderText.write(ORDER))).isEqualTo(ORDER);
  }

  @Test
  void theTextIsPlainLines() {
    assertThat(FuseOrderText.write(ORDER))
        .matches("[ -~\n]+")
        .startsWith("faultline-fuse-order 1\nrun run-1\nfault freeze.db\nlease ")
        .contains("\nstale-ms 3000\npoll-ms 100\nsignal CONT " + SOMEBODY.text() + "\n")
        .contains("\ndescriptors 1024 " + SOMEBODY.text() + "\nrun 5000 ")
        .contains("\nsay 2000 L3J1bi9hIHNvY2tldCDDvA== ")
        .contains("\npost 2000 Ojox 9901 L3J1bnRpbWVf")
        .contains("\nwrite L2V0Yy9hIGZpbGUgw7w= IyBvdXJz IyBvdXJzO")
        .endsWith("\nrun 1 dHJ1ZQ== -\nend\n");
  }

  /** Whatever arrives, the answer is an order that is written exactly like this, or the refusal. */
  @Test
  void rubbishIsRefusedWithOneLine() throws Exception {
    Random random = new Random(20260101);
    String good = FuseOrderText.write(ORDER);
    int refused = 0;
    for (int round = 0; round < 20_000; round++) {
      String text = spoil(good, random);
      try {
        assertThat(FuseOrderText.write(read(text))).isEqualTo(text);
      } catch (FuseOrderException expected) {
        refused++;
        assertThat(expected.getMessage()).isNotBlank().doesNotContain("\n");
      }
    }
    assertThat(refused).as("spoiled orders that are refused").isGreaterThan(15_000);
  }

  private static String spoil(String good, Random random) {
    StringBuilder text = new StringBuilder(good);
    for (int spot = 1 + random.nextInt(3); spot > 0 && !text.isEmpty(); spot--) {
      int at = random.nextInt(text.length());
      int end = Math.min(text.length(), at + 1 + random.nextInt(20));
      switch (random.nextInt(5)) {
        case 0 -> text.setCharAt(at, (char) random.nextInt(256));
        case 1 -> text.insert(at, (char) random.nextInt(128));
        case 2 -> text.delete(at, end);
        case 3 -> text.insert(at, text.substring(at, end));
        default -> text.setLength(at + 1);
      }
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "faultline-fuse-order 2\n",
        "faultline-fuse-order 1\n",
        "faultline-fuse-order 1\nrun a\nfault b\nlease L2w=\nstale-ms 100\npoll-ms 10\nend\n",
        "faultline-fuse-order 1\nrun a\nfault b\nlease L2w=\nstale-ms 100\npoll-ms 60\nrun 1 YQ== -\nend\n",
        "faultline-fuse-order 1\nrun a\nfault b\nlease bA==\nstale-ms 100\npoll-ms 10\nrun 1 YQ== -\nend\n",
        "faultline-fuse-order 1\nrun a\nfault b\nlease L2w=\nstale-ms 0100\npoll-ms 10\nrun 1 YQ== -\nend\n",
        "faultline-fuse-order 1\nrun a\nfault b\nlease L2w=\nstale-ms 100\npoll-ms 10\nrun 1 YQ== -\n",
        "faultline-fuse-order 1\nrun a\nfault b\nlease L2w=\nstale-ms 100\npoll-ms 10\nrun 1 YQ== -\nend\nmore\n",
        "faultline-fuse-order 1\nrun a\nfault b\nlease L2w=\nstale-ms 99999999999999999999\npoll-ms 10\nrun 1 YQ== -\nend\n",
        "faultline-fuse-order 1\nrun a\nfault b\nlease L2w=\nstale-ms 100\npoll-ms 10\nrun 1 /w== -\nend\n",
        "faultline-fuse-order 1\nrun a\nfault b\nlease L2w=\nstale-ms 100\npoll-ms 10\nsignal HUP x\nend\n",
        "faultline-fuse-order 1\nrun a\nfault b\nlease L2w=\nstale-ms 100\npoll-ms 10\nsay 1 YQ== YQ==\nend\n",
        "faultline-fuse-order 1\nrun a\nfault b\nlease L2w=\nstale-ms 100\npoll-ms 10\nsay 1 L2w= YTti\nend\n",
        "faultline-fuse-order 1\nrun a\nfault b\nlease L2w=\nstale-ms 100\npoll-ms 10\nsay 1 L2w= YQpi\nend\n",
        "faultline-fuse-order 1\nrun a\nfault b\nlease L2w=\nstale-ms 100\npoll-ms 10\nsay 60001 L2w= YQ==\nend\n",
        "faultline-fuse-order 1\nrun a\nfault b\nlease L2w=\nstale-ms 100\npoll-ms 10\npost 1 YQ== 0 Lw==\nend\n",
        "faultline-fuse-order 1\nrun a\nfault b\nlease L2w=\nstale-ms 100\npoll-ms 10\npost 1 YQ== 080 Lw==\nend\n",
        "faultline-fuse-order 1\nrun a\nfault b\nlease L2w=\nstale-ms 100\npoll-ms 10\npost 1 YSBi 80 Lw==\nend\n",
        "faultline-fuse-order 1\nrun a\nfault b\nlease L2w=\nstale-ms 100\npoll-ms 10\npost 1 YQ== 80 eA==\nend\n",
        "faultline-fuse-order 1\nrun a\nfault b\nlease L2w=\nstale-ms 100\npoll-ms 10\npost 1 YQ== 80 Lw0KWDogeQ==\nend\n",
        "faultline-fuse-order 1\nrun a\nfault b\nlease L2w=\nstale-ms 100\npoll-ms 10\npost 60001 YQ== 80 Lw==\nend\n",
        "faultline-fuse-order 1\nrun a\nfault b\nlease L2w=\nstale-ms 100\npoll-ms 10\npost 1 YQ== 80\nend\n",
        "faultline-fuse-order 1\nrun a\nfault b\nlease L2w=\nstale-ms 100\npoll-ms 10\nwrite YQ== YQ== YQ== 1 YQ== -\nend\n",
        "faultline-fuse-order 1\nrun a\nfault b\nlease L2w=\nstale-ms 100\npoll-ms 10\nwrite L2w= IA== YQ== 1 YQ== -\nend\n",
        "faultline-fuse-order 1\nrun a\nfault b\nlease L2w=\nstale-ms 100\npoll-ms 10\nwrite L2w= YQ== Yg== 1 YQ== -\nend\n",
        "faultline-fuse-order 1\nrun a\nfault b\nlease L2w=\nstale-ms 100\npoll-ms 10\nwrite L2w= YQ== YQ==\nend\n"
      })
  void anOrderWithOneFlawIsRefused(String text) {
    assertThatThrownBy(() -> read(text)).isExactlyInstanceOf(FuseOrderException.class);
  }

  @Test
  void theSoundTextThatTheFlawedOnesWereMadeFromIsRead() throws Exception {
    String text =
        "faultline-fuse-order 1\nrun a\nfault b\nlease L2w=\nstale-ms 100\npoll-ms 10\nrun 1 YQ== -\nend\n";

    assertThat(read(text).lease()).isEqualTo(Path.of("/l"));
  }

  @Test
  void anEndlessOrderIsRefusedWithoutBeingReadToItsEnd() {
    byte[] endless = new byte[FuseOrderText.MAX_BYTES + 2];
    ByteArrayInputStream in = new ByteArrayInputStream(endless);

    assertThatThrownBy(() -> FuseOrderText.read(in))
        .isInstanceOf(FuseOrderException.class)
        .hasMessageContaining("longer than");
    assertThat(in.available()).isEqualTo(1);
  }

  @Test
  void anActionThatNoProgramCouldTakeIsNeverOrdered() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new FuseAction.Run(List.of(), Map.of(), second))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FuseAction.Run(List.of("a\0b"), Map.of(), second))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FuseAction.Run(List.of("\ud800"), Map.of(), second))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FuseAction.Run(List.of("a"), Map.of("A=B", ""), second))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FuseAction.Run(List.of("a"), Map.of(), Duration.ofNanos(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static FuseOrder read(String text) throws Exception {
    return FuseOrderText.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
  }
}
