package dev.faultline.environment.lab;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Asks a process whether it is ready.
 *
 * @param address what is asked
 * @param within how long it may take from a start until the answer is good
 */
record HealthCheck(URI address, Duration within) {

  private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(1).toMillis();

  /**
   * What a process answered.
   *
   * @param complaint what is wrong; empty when the answer is of the kind 2xx
   * @param date what time it has, in whole seconds, where it says so
   */
  record Reply(Optional<String> complaint, Optional<Instant> date) {}

  /** What is wrong; empty when the answer is of the kind 2xx. */
  Optional<String> complaint() {
    return ask().complaint();
  }

  /** Asks once. */
  Reply ask() {
    try {
      // Loopback is never behind a proxy, whatever the settings of this JVM say.
      if (!(address.toURL().openConnection(Proxy.NO_PROXY) instanceof HttpURLConnection http)) {
        return bad("not an address of HTTP");
      }
      http.setConnectTimeout(PATIENCE_MILLIS);
      http.setReadTimeout(PATIENCE_MILLIS);
      http.setInstanceFollowRedirects(false);
      http.setRequestProperty("Connection", "close");
      try {
        int status = http.getResponseCode();
        return new Reply(
            status / 100 == 2 ? Optional.empty() : Optional.of("answered " + status),
            Optional.of(http.getDate()).filter(millis -> millis != 0).map(Instant::ofEpochMilli));
      } finally {
        http.disconnect();
      }
    } catch (IOException failure) {
      return bad(Optional.ofNullable(failure.getMessage()).orElse("no answer"));
    }
  }

  private static Reply bad(String complaint) {
    return new Reply(Optional.of(complaint), Optional.empty());
  }
}
