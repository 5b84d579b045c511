package dev.faultline.node.http.frame;

import java.util.Map;

/** What one side of a connection of HTTP/2 says. Headers are whole, padding is gone. */
public sealed interface Frame {

  /**
   * @param flow how many bytes count for flow control: padding does too
   * @param last whether the stream ends with it
   */
  @SuppressWarnings("ArrayRecordComponent") // Passed on at once, never compared.
  record Data(int stream, byte[] bytes, int flow, boolean last) implements Frame {}

  /**
   * @param block as HPACK has packed it
   * @param last whether the stream ends with it
   */
  @SuppressWarnings("ArrayRecordComponent") // Decoded at once, never compared.
  record Headers(int stream, byte[] block, boolean last) implements Frame {}

  /** A stream ends at once. */
  record Reset(int stream, int error) implements Frame {}

  /** The number of a setting to its value: see {@link Setting}. */
  record Settings(Map<Integer, Long> values) implements Frame {}

  /** The other side's settings are in force. */
  record SettingsTaken() implements Frame {}

  record Ping(boolean answer, long data) implements Frame {}

  /**
   * @param last the last stream that will be seen to
   */
  @SuppressWarnings("ArrayRecordComponent") // Passed on at once, never compared.
  record GoAway(int last, int error, byte[] debug) implements Frame {}

  /**
   * @param stream 0 for the whole connection
   */
  record Window(int stream, int more) implements Frame {}

  /** A frame that may be dropped: of an unknown type, or a wish about priorities. */
  record Other() implements Frame {}
}
