package dev.faultline.model.notice;

import dev.faultline.model.codec.InvalidValue;
import java.util.Optional;

/** What is asked of an address. */
final class Address {

  private Address() {}

  static void requireOne(Optional<String> url, Optional<String> urlFile) {
    if (url.isPresent() == urlFile.isPresent()) {
      throw url.isPresent()
          ? new InvalidValue("urlFile", "'url' and 'urlFile' both say where; remove one")
          : new InvalidValue("say where: a 'url', or a 'urlFile' where it is a secret");
    }
    url.ifPresent(text -> require("url", text));
  }

  static void require(String key, String url) {
    if (!url.matches("https?://[^\\s]+")) {
      throw new InvalidValue(
          key, "'%s' is not an address; write it as https://chat.example/hook".formatted(url));
    }
    if (url.matches("https?://[^/?#]*@.*")) {
      throw new InvalidValue(key, "no name or password stands in an address; use a file");
    }
  }
}
