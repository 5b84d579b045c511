package dev.faultline.node.packet.text;

import dev.faultline.node.packet.DnsReply;
import java.net.InetAddress;
import java.util.List;

/** What becomes of an answer of DNS: a kind, a colon, and what belongs to it. */
final class DnsText {

  private DnsText() {}

  static String write(DnsReply reply) {
    return switch (reply) {
      case DnsReply.Same() -> "same:" + Words.NONE;
      case DnsReply.None() -> "none:" + Words.NONE;
      case DnsReply.Failure(DnsReply.Code code) -> "failure:" + code;
      case DnsReply.Addresses(List<InetAddress> addresses) ->
          "addresses:"
              + EffectText.text(addresses.stream().map(InetAddress::getHostAddress).toList());
    };
  }

  static DnsReply parse(String kind, String value) {
    return switch (kind) {
      case "same" -> new DnsReply.Same();
      case "none" -> new DnsReply.None();
      case "failure" -> new DnsReply.Failure(DnsReply.Code.valueOf(value));
      case "addresses" ->
          new DnsReply.Addresses(
              EffectText.texts(value).stream().map(InetAddress::ofLiteral).toList());
      default -> throw new IllegalArgumentException("not an answer of DNS: '" + kind + "'");
    };
  }
}
