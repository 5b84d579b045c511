package dev.faultline.environment.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.Await;
import dev.faultline.model.route.Address;
import dev.faultline.model.route.Match;
import dev.faultline.model.route.MatchList;
import dev.faultline.model.world.Answer;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients whom real routers know by the networks that they come from. */
class ClientNetworksTest {

  private static final String HOME = "127.0.0.1";
  private static final String OFFICE = "127.1.2.3";

  @TempDir private Path folder;

  private static Match from(String... networks) {
    return new Match(
        Optional.empty(), Optional.empty(), Optional.of(Address.CLIENT), List.of(networks));
  }

  /** Which version answers a client at an address. */
  private static String version(String address, URI url) throws Exception {
    try (HttpClient http =
        HttpClient.newBuilder().localAddress(InetAddress.ofLiteral(address)).build()) {
      HttpRequest request = HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(10)).build();
      return http.send(request, BodyHandlers.ofString()).body();
    }
  }

  @Test
  void nginxChoosesByTheNetworkOfTheClient() throws Exception {
    try (RealNginx nginx = RealNginx.start(folder)) {
      NginxShift office = NginxShift.of(0, Optional.of(from("2001:db8::/32", "127.1.0.0/16")));

      nginx.file().set(office);

      assertThat(nginx.file().shift()).isEqualTo(office);
      assertThat(version(OFFICE, nginx.url())).isEqualTo("new");
      assertThat(version(HOME, nginx.url())).isEqualTo("old");
      nginx.file().set(NginxShift.of(0, Optional.of(from(HOME))));
      assertThat(version(OFFICE, nginx.url())).isEqualTo("old");
      assertThat(version(HOME, nginx.url())).isEqualTo("new");
      nginx.file().set(NginxShift.NOTHING);
      assertThat(version(HOME, nginx.url())).isEqualTo("old");
    }
  }

  @Test
  void haproxyChoosesByTheNetworkOfTheClient() throws Exception {
    Path list = Files.createFile(folder.resolve("canary.lst"));
    MatchList matched =
        new MatchList(
            Optional.empty(), Optional.empty(), Optional.of(Address.CLIENT), list.toString());
    try (RealHaproxy haproxy =
        RealHaproxy.start(
            folder, "admin", "roundrobin", "use-server v2 if { src -f %s }".formatted(list))) {
      HaproxyRuntime runtime =
          new HaproxyRuntime(haproxy.socket(), "orders", "v1", "v2", Optional.of(list.toString()));
      Await.until("both are healthy", () -> runtime.read().canary().serves());

      runtime.set(Weights.ALL_STABLE, List.of("2001:db8::/32", "127.1.0.0/16"));

      assertThat(haproxy.seen(Optional.of(matched), Optional.empty()))
          .isInstanceOfSatisfying(
              Answer.RouteIs.class,
              is ->
                  assertThat(is.reading().match().orElseThrow())
                      .matches(seen -> seen.isAs(from("127.1.0.0/16", "2001:db8::/32"))));
      assertThat(version(OFFICE, haproxy.url("/"))).isEqualTo("new");
      assertThat(version(HOME, haproxy.url("/"))).isEqualTo("old");
      runtime.set(Weights.ALL_STABLE, List.of());
      assertThat(version(OFFICE, haproxy.url("/"))).isEqualTo("old");
    }
  }
}
