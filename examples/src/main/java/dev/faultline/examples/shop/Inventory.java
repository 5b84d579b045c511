package dev.faultline.examples.shop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Reserves goods, unless the file {@code CLOSED_FLAG} exists: then stock is being counted. */
record Inventory(Metrics metrics, Duration work, Optional<Path> closedFlag) implements Service {
  static final String PATH = "/reserve";

  static Inventory from(Settings settings) throws BadSettingException {
    return new Inventory(
        new Metrics("inventory"), settings.millis("WORK_MS", 2), settings.path("CLOSED_FLAG"));
  }

  @Override
  public Reply answer(Order order) throws InterruptedException {
    if (closedFlag.filter(Files::exists).isPresent()) {
      return new Reply(Reply.CLOSED, "closed for stock-taking");
    }
    Thread.sleep(work);
    return new Reply(Reply.OK, "reserved");
  }
}
