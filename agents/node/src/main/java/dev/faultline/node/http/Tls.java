package dev.faultline.node.http;

import java.nio.file.Path;
import java.util.Optional;

/**
 * On which sides of a relay TLS is spoken.
 *
 * @param clients as whom the relay answers those who connect; in clear when empty
 * @param server a PEM file with the certificates that may vouch for the server, whose own must name
 *     the host of the target; in clear when empty
 */
public record Tls(Optional<Keys> clients, Optional<Path> server) {

  /**
   * @param certificate a PEM file with the certificate, then those that vouch for it
   * @param key a PEM file with its private key in PKCS#8 ({@code BEGIN PRIVATE KEY}), RSA or EC
   */
  public record Keys(Path certificate, Path key) {}
}
