package dev.faultline.environment.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.route.Match;
import dev.faultline.model.route.Sticky;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Nginx takes the maps whatever upstream they are of, with the limits that it has. */
class NginxTakesMapsTest {

  private static final Match STAFF =
      new Match(Optional.of("x-user-type"), Optional.empty(), List.of("staff"));
  private static final Match COOKIE =
      new Match(Optional.empty(), Optional.of("a-b_c"), List.of("x"));

  @TempDir private Path folder;

  private static NginxShift matching(double share, Match match) {
    return NginxShift.of(share, Optional.of(match));
  }

  @Test
  void nginxTakesTheMapsOfAnyUpstream() throws Exception {
    List<String> stable = addresses("10.0.0.%d:8080");
    List<String> canary = addresses("[::%x]:81");
    Sticky sticky = new Sticky(Optional.of("x-" + "u".repeat(61)), Optional.empty());
    for (String name : List.of("orders", "Orders-v2.shop_1", "o".repeat(64), "0")) {
      NginxSplit split = new NginxSplit(name, stable, canary, Optional.of(sticky));
      assertThat(accepts(split.text(matching(0.0001, COOKIE)))).isEmpty();
      assertThat(accepts(split.text(matching(0.9999, STAFF)))).isEmpty();
      assertThat(accepts(split.text(NginxShift.of(0.5, Optional.empty())))).isEmpty();
    }
    String two =
        Stream.of("a-b", "a_b", "a.b", "ab")
            .map(name -> new NginxSplit(name, List.of("10.0.0.1:1"), List.of("10.0.0.2:1")))
            .map(split -> split.text(matching(0.5, STAFF)))
            .collect(Collectors.joining());
    assertThat(accepts(two)).isEmpty();
    assertThat(two.lines().filter(line -> line.startsWith("    hash ")).distinct()).hasSize(4);
  }

  private static List<String> addresses(String pattern) {
    return IntStream.rangeClosed(1, 40).mapToObj(pattern::formatted).toList();
  }

  /** What Nginx has against it. */
  private String accepts(String text) throws IOException, InterruptedException {
    Files.writeString(folder.resolve("all.conf"), text);
    Files.writeString(
        folder.resolve("test.conf"),
        "pid test.pid; events {} http { access_log off; client_body_temp_path b; proxy_temp_path p;"
            + " fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s; include all.conf; }");
    Process test =
        new ProcessBuilder(
                RealNginx.program(),
                "-p",
                folder.toString(),
                "-c",
                "test.conf",
                "-e",
                "stderr",
                "-q",
                "-t")
            .redirectErrorStream(true)
            .start();
    String said = new String(test.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    test.waitFor();
    return said;
  }
}
