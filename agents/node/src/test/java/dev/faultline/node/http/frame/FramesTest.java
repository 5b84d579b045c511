package dev.faultline.node.http.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.node.http.text.Source;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramesTest {

  private static FrameReader reader(byte[] bytes) {
    return new FrameReader(new Source(new ByteArrayInputStream(bytes)));
  }

  private static Frame read(byte[] bytes) throws IOException {
    FrameReader reader = reader(bytes);
    Frame frame = reader.next().orElseThrow();
    assertThat(reader.next()).isEmpty();
    return frame;
  }

  private static Frame read(String hex) throws IOException {
    return read(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  @Test
  void whatIsWrittenIsRead() throws Exception {
    Frame.Ping ping = new Frame.Ping(true, 0x8000_0000_0000_0001L);
    assertThat(read(FrameWriter.ping(ping))).isEqualTo(ping);
    assertThat(read(FrameWriter.reset(5, 8))).isEqualTo(new Frame.Reset(5, 8));
    assertThat(read(FrameWriter.window(0, 77))).isEqualTo(new Frame.Window(0, 77));
    assertThat(read(FrameWriter.settings(Map.of(Setting.ENABLE_PUSH, 0L))))
        .isEqualTo(new Frame.Settings(Map.of(2, 0L)));
    assertThat(read(FrameWriter.settingsTaken())).isEqualTo(new Frame.SettingsTaken());
    assertThat(read(FrameWriter.data(3, new byte[] {1, 2, 3}, 1, 2, true)))
        .isInstanceOfSatisfying(
            Frame.Data.class,
            data -> {
              assertThat(data.bytes()).containsExactly(2, 3);
              assertThat(data.last()).isTrue();
            });
    assertThat(read(FrameWriter.goAway(new Frame.GoAway(9, 2, new byte[] {4}))))
        .isInstanceOfSatisfying(
            Frame.GoAway.class,
            away -> {
              assertThat(away.last()).isEqualTo(9);
              assertThat(away.debug()).containsExactly(4);
            });
  }

  @Test
  void longHeadersAreCutAndPutTogether() throws Exception {
    byte[] block = new byte[50_000];
    new Random(7).nextBytes(block);

    assertThat(read(FrameWriter.headers(7, block, true, 16_384)))
        .isInstanceOfSatisfying(
            Frame.Headers.class,
            headers -> {
              assertThat(headers.block()).isEqualTo(block);
              assertThat(headers.last()).isTrue();
            });
  }

  @Test
  void paddingAndPrioritiesAreDroppedButCountForFlowControl() throws Exception {
    assertThat(read("000006 00 08 00000001 02 616263 0000"))
        .isInstanceOfSatisfying(
            Frame.Data.class,
            data -> {
              assertThat(data.bytes()).containsExactly('a', 'b', 'c');
              assertThat(data.flow()).isEqualTo(6);
            });
    assertThat(read("000008 01 2c 00000001 01 0000000000 82 00"))
        .isInstanceOfSatisfying(
            Frame.Headers.class, headers -> assertThat(headers.block()).containsExactly(0x82));
    assertThat(read("000005 02 00 00000001 0000000000")).isEqualTo(new Frame.Other());
    assertThat(read("000001 fe 00 00000001 00")).isEqualTo(new Frame.Other());
  }

  @ParameterizedTest
  @CsvSource({
    "004001 00 00 00000001, FRAME_SIZE_ERROR",
    "000001 00 00 00000000 00, PROTOCOL_ERROR",
    "000001 00 08 00000001 05, PROTOCOL_ERROR",
    "000000 00 08 00000001, PROTOCOL_ERROR",
    "000003 03 00 00000001 000000, FRAME_SIZE_ERROR",
    "000005 04 00 00000000 0000000000, FRAME_SIZE_ERROR",
    "000006 04 00 00000000 000480000000, FLOW_CONTROL_ERROR",
    "000006 04 00 00000000 000500000001, PROTOCOL_ERROR",
    "000000 05 00 00000001, PROTOCOL_ERROR",
    "000007 06 00 00000000 00000000000000, FRAME_SIZE_ERROR",
    "000004 07 00 00000000 00000000, FRAME_SIZE_ERROR",
    "000004 08 00 00000001 00000000, PROTOCOL_ERROR",
    "000000 09 00 00000001, PROTOCOL_ERROR",
    "000000 01 00 00000001 000000 00 00 00000001, PROTOCOL_ERROR",
  })
  void aFrameThatBreaksARuleIsRefused(String hex, ErrorCode error) {
    assertThatThrownBy(() -> read(hex))
        .isInstanceOfSatisfying(
            BrokenHttp2.class, broken -> assertThat(broken.error()).isEqualTo(error));
  }

  @Test
  void headersThatAreContinuedForEverAreRefused() {
    ByteArrayOutputStream endless = new ByteArrayOutputStream();
    endless.writeBytes(HexFormat.of().parseHex("000000010000000001"));
    for (int i = 0; i < 1000; i++) {
      endless.writeBytes(HexFormat.of().parseHex("000000090000000001"));
    }
    assertThatThrownBy(() -> reader(endless.toByteArray()).next())
        .isInstanceOfSatisfying(
            BrokenHttp2.class,
            broken -> assertThat(broken.error()).isEqualTo(ErrorCode.ENHANCE_YOUR_CALM));
  }

  @Test
  void noiseIsReadOrRefusedAndNothingElse() throws Exception {
    Random random = new Random(13);
    int read = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] noise = new byte[random.nextInt(60)];
      random.nextBytes(noise);
      for (int i = 0; i < Math.min(2, noise.length); i++) {
        noise[i] = 0;
      }
      if (noise.length > 3) {
        noise[3] = (byte) random.nextInt(11);
      }
      try {
        read += reader(noise).next().isPresent() ? 1 : 0;
      } catch (BrokenHttp2 | EOFException expected) {
        assertThat(expected).isNotNull();
      }
    }
    assertThat(read).isGreaterThan(100);
  }
}
