package dev.faultline.model.notice;

import java.util.Optional;

/**
 * A program is told, by a POST of JSON. With a secret it is signed after Standard Webhooks 1.0: the
 * headers {@code webhook-id}, {@code webhook-timestamp} and {@code webhook-signature}.
 *
 * @param url where; or else in a file
 * @param urlFile file with the address, where it is a secret itself
 * @param secretFile file with the secret that signs: 24 to 64 bytes in base64, with or without
 *     {@code whsec_} before them
 */
public record Webhook(Optional<String> url, Optional<String> urlFile, Optional<String> secretFile)
    implements Channel {

  /** Requires one address. */
  public Webhook {
    Address.requireOne(url, urlFile);
  }

  @Override
  public boolean announces() {
    return true;
  }
}
