package dev.faultline.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BadSettingsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gateway  | PORT=http                | shop: PORT=http: expected a number
          gateway  | PORT=70000               | shop: PORT=70000: expected 1 to 65535
          gateway  | ORDERS_URL=orders:80     | shop: ORDERS_URL=orders:80: expected http://host:port
          orders   | PAYMENTS_DEADLINE_MS=0   | shop: PAYMENTS_DEADLINE_MS=0: expected 1 to 60000
          orders   | FAIL_PERCENT=101         | shop: FAIL_PERCENT=101: expected 1 to 100
          orders   | DELAY_MS=soon            | shop: DELAY_MS=soon: expected a number
          orders   | DATABASE_URL=jdbc:mysql://h/d | shop: DATABASE_URL=jdbc:mysql://h/d: expected jdbc:postgresql://host:port/name
          orders   | DATABASE_URL=jdbc:postgresql://h/d?password=s3cret | shop: DATABASE_URL: a password does not belong there; name its file in DATABASE_PASSWORD_FILE
          checkout | PORT=8080                | shop: unknown service 'checkout'; known: gateway, orders, inventory, payments
          """)
  void a_bad_setting_is_named_in_one_line_with_exit_code_2(
      String service, String setting, String line) throws Exception {
    String[] parts = setting.split("=", 2);

    assertRefused(RunningShop.command(service), Map.of(parts[0], parts[1]), line);
  }

  @Test
  void a_missing_service_is_asked_for() throws Exception {
    assertRefused(
        RunningShop.command(),
        Map.of(),
        "shop: give one service: gateway, orders, inventory or payments");
  }

  @Test
  void a_port_in_use_is_named() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertRefused(
          RunningShop.command("payments"),
          Map.of("PORT", Integer.toString(port)),
          "shop: PORT=%d: Address already in use".formatted(port));
    }
  }

  private static void assertRefused(
      ProcessBuilder command, Map<String, String> environment, String line) throws Exception {
    command.environment().putAll(environment);
    Process process = command.start();
    try {
      byte[] error = process.getErrorStream().readAllBytes();
      assertThat(process.waitFor()).isEqualTo(2);
      assertThat(new String(error, StandardCharsets.UTF_8)).isEqualToIgnoringNewLines(line);
    } finally {
      process.destroyForcibly();
    }
  }
}
