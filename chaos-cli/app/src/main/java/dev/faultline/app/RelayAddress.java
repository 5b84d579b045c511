package dev.faultline.app;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code HOST:PORT}, {@code [IPV6]:PORT}, and {@code PORT} of this machine alone. */
final class RelayAddress {

  private static final Pattern FORM =
      Pattern.compile("(?:(?:\\[([^]]+)]|([^:\\[\\]]+)):)?(\\d{1,5})");
  private static final int MOST = 65_535;

  private RelayAddress() {}

  static InetSocketAddress read(String option, String text) throws UsageError {
    Matcher form = FORM.matcher(text);
    if (!form.matches() || Integer.parseInt(form.group(3)) > MOST) {
      throw new UsageError(
          "%s '%s' is not an address".formatted(option, text),
          "",
          "write HOST:PORT, such as 127.0.0.1:8000, or the port alone");
    }
    int port = Integer.parseInt(form.group(3));
    String host = form.group(1) == null ? form.group(2) : form.group(1);
    return host == null
        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), port)
        : new InetSocketAddress(host, port);
  }

  /** An address with the port that it got. */
  static String spell(InetSocketAddress address, int port) {
    String host = address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
