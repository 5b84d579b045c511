package dev.faultline.serve.door;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the page listens.
 *
 * @param host as it was written, without brackets
 * @param address the same, resolved
 */
public record Listen(String host, InetSocketAddress address) {

  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9a-fA-F:.%]+)]|([^\\[\\]:\\s]+)):(\\d{1,5})");
  private static final int LAST_PORT = 65_535;

  /**
   * Reads {@code HOST:PORT}; port 0 is any that is free.
   *
   * @throws Unservable when it is none, or there is no such host
   */
  public static Listen parse(String text) throws Unservable {
    Matcher found = FORM.matcher(text);
    if (!found.matches() || Integer.parseInt(found.group(3)) > LAST_PORT) {
      throw Unservable.wrong(
          "'%s' is no address to listen at".formatted(text),
          "a host and a port from 0 to 65535 are expected",
          "write 127.0.0.1:8480, [::1]:8480 or 0.0.0.0:8443");
    }
    String host = found.group(1) == null ? found.group(2) : found.group(1);
    try {
      int port = Integer.parseInt(found.group(3));
      return new Listen(host, new InetSocketAddress(InetAddress.getByName(host), port));
    } catch (UnknownHostException unknown) {
      throw Unservable.wrong(
          "there is no host '%s' to listen at".formatted(host),
          "the name has no address here",
          "write an address of this machine, such as 127.0.0.1:8480");
    }
  }

  /** Whether only this machine can reach it. */
  public boolean isLoopback() {
    return address.getAddress().isLoopbackAddress();
  }
}
