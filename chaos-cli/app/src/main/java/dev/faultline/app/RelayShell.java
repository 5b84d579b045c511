package dev.faultline.app;

import dev.faultline.node.relay.Relay;
import dev.faultline.node.relay.RelayReport;
import dev.faultline.node.relay.RelayTraffic;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;

/**
 * Does to a relay what lines of input say.
 *
 * @param relay the relay
 * @param console hears of it
 */
record RelayShell(Relay relay, Console console) {

  /**
   * Reads lines to the end. One that cannot be understood changes nothing.
   *
   * @return whether each one was understood
   */
  boolean follow(BufferedReader input) throws IOException {
    boolean right = true;
    for (String line; (line = input.readLine()) != null; ) {
      if (!line.isBlank()) {
        right &= obey(line);
      }
    }
    return right;
  }

  private boolean obey(String line) {
    try {
      obey(RelayWords.read(line));
      return true;
    } catch (IllegalArgumentException wrong) {
      console.error(String.valueOf(wrong.getMessage()), "", "");
      return false;
    }
  }

  void obey(RelayOrder order) {
    switch (order) {
      case RelayOrder.Put put -> {
        relay.put(put.name(), put.fault());
        console.err().line("in force: %s".formatted(Inert.text(put.name())));
      }
      case RelayOrder.Clear clear -> clear(clear);
      case RelayOrder.Status _ -> tell();
    }
  }

  private void clear(RelayOrder.Clear clear) {
    for (String name : relay.faults()) {
      if (clear.name().isEmpty() || clear.name().get().equals(name)) {
        relay.remove(name);
      }
    }
    console
        .err()
        .line(
            relay.faults().isEmpty()
                ? "no fault is in force"
                : "in force: " + Inert.text(String.join(", ", relay.faults())));
  }

  private void tell() {
    RelayTraffic traffic = relay.traffic();
    console
        .out()
        .line(
            "open %d, accepted %d, refused %d, failed %d; bytes to target %d, from target %d"
                .formatted(
                    traffic.open(),
                    traffic.accepted(),
                    traffic.refused(),
                    traffic.failed(),
                    traffic.toTarget(),
                    traffic.fromTarget()));
    for (String name : relay.faults()) {
      RelayReport report = relay.report(name);
      console
          .out()
          .line(
              "%s: connections %d, bytes %d, pieces %d, delay least %s, median %s, most %s"
                  .formatted(
                      Inert.text(name),
                      report.connections(),
                      report.bytes(),
                      report.pieces(),
                      millis(report.least()),
                      millis(report.median()),
                      millis(report.most())));
    }
  }

  private static String millis(Duration time) {
    return "%.2fms".formatted(time.toNanos() / 1e6);
  }
}
