package dev.faultline.node.http;

import dev.faultline.node.http.frame.BrokenHttp2;
import dev.faultline.node.http.frame.ErrorCode;
import dev.faultline.node.http.frame.Frame;
import dev.faultline.node.http.frame.FrameWriter;
import dev.faultline.node.http.frame.Setting;
import dev.faultline.node.http.hpack.HpackDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The beginning of a connection of HTTP/2. The client's settings go to the server before the
 * server's come to the client, so that each is told what holds for the whole way.
 */
final class H2Start {

  private static final int PATIENCE_MILLIS = 10_000;

  private H2Start() {}

  /**
   * Reads and writes all that comes before the first stream.
   *
   * @param client has sent the preface, which was not read yet
   */
  static H2Session of(Session session, Wire client) throws IOException {
    H2Side toClient = new H2Side(client);
    Frame.Settings wanted;
    try {
      toClient.reader().expect(FrameWriter.preface());
      wanted = settings(toClient);
    } catch (BrokenHttp2 wrong) {
      goAway(client, wrong.error());
      throw wrong;
    }
    H2Side toServer = new H2Side(session.connect());
    try {
      toServer.wire().patience(PATIENCE_MILLIS);
      toServer.wire().out().write(FrameWriter.preface());
      toServer.wire().out().write(FrameWriter.settings(forServer(wanted)));
      toServer.wire().out().write(window());
      toServer.wire().out().flush();
      Frame.Settings given = settings(toServer);
      toServer.wire().patience(0);
      client.out().write(FrameWriter.settings(forClient(given)));
      client.out().write(window());
      client.out().flush();
      toClient.take(wanted);
      toServer.take(given);
    } catch (BrokenHttp2 wrong) {
      goAway(client, ErrorCode.INTERNAL_ERROR);
      throw wrong;
    }
    return new H2Session(session, toClient, toServer);
  }

  private static Frame.Settings settings(H2Side side) throws IOException {
    Optional<Frame> first = side.reader().next();
    if (first.isPresent() && first.get() instanceof Frame.Settings settings) {
      return settings;
    }
    throw new BrokenHttp2(ErrorCode.PROTOCOL_ERROR, "no settings at the beginning");
  }

  private static byte[] window() {
    return FrameWriter.window(0, H2Side.CONNECTION_WINDOW - H2Side.FIRST_WINDOW);
  }

  private static Map<Setting, Long> forServer(Frame.Settings wanted) {
    Map<Setting, Long> values = common(wanted);
    values.put(Setting.ENABLE_PUSH, 0L);
    return values;
  }

  static Map<Setting, Long> forClient(Frame.Settings given) {
    Map<Setting, Long> values = common(given);
    values.put(
        Setting.MAX_CONCURRENT_STREAMS,
        least(given, Setting.MAX_CONCURRENT_STREAMS, H2Streams.MOST));
    if (least(given, Setting.ENABLE_CONNECT_PROTOCOL, 2) == 1) {
      values.put(Setting.ENABLE_CONNECT_PROTOCOL, 1L);
    }
    return values;
  }

  private static Map<Setting, Long> common(Frame.Settings other) {
    Map<Setting, Long> values = new EnumMap<>(Setting.class);
    values.put(Setting.INITIAL_WINDOW_SIZE, (long) H2Side.STREAM_WINDOW);
    values.put(
        Setting.MAX_HEADER_LIST_SIZE,
        least(other, Setting.MAX_HEADER_LIST_SIZE, HpackDecoder.LIST));
    return values;
  }

  private static long least(Frame.Settings settings, Setting name, long own) {
    return Math.min(own, settings.values().getOrDefault(name.number(), own));
  }

  private static void goAway(Wire client, ErrorCode error) throws IOException {
    byte[] why =
        "the server speaks no HTTP/2 that the relay understands".getBytes(StandardCharsets.UTF_8);
    client.out().write(FrameWriter.goAway(new Frame.GoAway(0, error.code(), why)));
    client.finish();
  }
}
