package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.examples.shop.Await;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shop with two versions of orders behind a router: by hand, and after a killed rollout. */
@Tag("slow")
@Order(2)
final class CanaryShopTest {

  private static final String WEIGHT = "get weight orders/orders-v2";

  @TempDir private Path temp;

  @Test
  void orders_go_where_the_weights_say_and_the_two_versions_are_told_apart() throws Exception {
    try (Cli cli = new Cli(temp);
        HttpClient client = HttpClient.newHttpClient()) {
      Running lab = cli.start("lab", "up", "examples/shop/environments/shop-canary-errors.yaml");
      lab.awaitOut("--environment");
      Path socket = cli.stateHome().resolve("faultline/labs/shop-canary-errors/lab/front.sock");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
          .isEqualTo("rw-------");

      assertThat(failed(client, lab.out(), 50)).as("errors of orders alone").isZero();
      assertThat(said(socket, "set server orders/orders-v2 weight 256")).isBlank();
      assertThat(said(socket, "set server orders/orders weight 0")).isBlank();
      assertThat(failed(client, lab.out(), 100)).as("errors of orders-v2 alone").isBetween(1, 40);

      String counted = "sum(http_requests_total{job=\"%s\",service=\"orders\"})>=%d";
      awaitTrue(client, lab.out(), counted.formatted("orders", 50));
      awaitTrue(client, lab.out(), counted.formatted("orders-v2", 100));

      assertThat(said(socket, "set server orders/orders weight 256")).isBlank();
      assertThat(said(socket, "set server orders/orders-v2 weight 0")).isBlank();
      assertThat(failed(client, lab.out(), 50)).as("errors of orders again").isZero();
      assertThat(lab.signal("INT").end().exit()).isEqualTo(6);
      assertThat(cli.marked().processes()).isEmpty();
    }
  }

  /** Where the lab outlives the run, its fuse is all that is left. */
  @Test
  void a_rollout_that_is_killed_gives_all_traffic_back_by_itself() throws Exception {
    try (Cli cli = new Cli(temp)) {
      Running lab = cli.start("lab", "up", "examples/shop/environments/shop-canary.yaml");
      lab.awaitOut("--environment");
      Path folder = cli.stateHome().resolve("faultline/labs/shop-canary");
      Path socket = folder.resolve("lab/front.sock");

      Running rollout =
          cli.start(
              "run",
              "examples/shop/canary-good.yaml",
              "--environment",
              folder.resolve("environment.yaml").toString());
      rollout.awaitErr("fault canary is in force");
      assertThat(said(socket, WEIGHT)).startsWith("51 ");
      rollout.signal("KILL").end();

      Await.until("all traffic is back", () -> said(socket, WEIGHT).startsWith("0 "));
      Ended undo = cli.run("undo");
      assertThat(undo.exit()).as(undo.out() + undo.err()).isZero();
      assertThat(undo.out()).contains("halted");
      assertThat(lab.signal("INT").end().exit()).isEqualTo(6);
      assertThat(cli.marked().processes()).isEmpty();
    }
  }

  @Test
  void beta_users_meet_the_new_version_first() throws Exception {
    betaFirst("canary-beta");
  }

  @Test
  void nginx_sends_beta_users_there_first_too() throws Exception {
    betaFirst("canary-nginx-beta");
  }

  private void betaFirst(String name) throws Exception {
    try (Cli cli = new Cli(temp)) {
      Ended run = cli.run("run", "examples/shop/" + name + ".yaml");

      assertThat(run.exit()).as(run.out() + run.err()).isZero();
      assertThat(run.err())
          .containsSubsequence(
              "0% to the canary, and x-user-type: beta",
              "25% to the canary, and x-user-type: beta",
              "100% to the canary",
              "promoted: orders-v2");
      assertThat(cli.marked().processes()).isEmpty();
    }
  }

  @Test
  void a_rollout_waits_for_a_person_and_takes_all_traffic_back_where_nobody_comes()
      throws Exception {
    try (Cli cli = new Cli(temp)) {
      String good = Files.readString(Cli.home().resolve("examples/shop/canary-good.yaml"));
      String file =
          cli.file(
              "approved.yaml",
              good.replace("hold: 15s}", "hold: 5s, approve: {}}")
                  .replace("hold: 20s}", "hold: 5s, approve: {within: 3s}}"));
      Running rollout =
          cli.start(
                  "run",
                  file,
                  "--environment",
                  Cli.home().resolve("examples/shop/environments/shop-canary.yaml").toString())
              .awaitErr("waits for an approval");
      String run = cli.latest().getFileName().toString();

      Ended approve = cli.run("approve", run, "--why", "looks good");

      assertThat(approve.exit()).as(approve.err()).isZero();
      Ended ended = rollout.end();
      assertThat(ended.exit()).as(ended.out() + ended.err()).isEqualTo(9);
      assertThat(ended.err())
          .containsSubsequence("looks good", "50% to the canary", "nobody approved");
      assertThat(ended.out()).contains("back at stable");
      assertThat(cli.run("approve", run).exit()).isEqualTo(2);
      assertThat(cli.marked().processes()).isEmpty();
    }
  }

  /** What proves it in the end is what Nginx's workers have loaded. */
  @Test
  void a_killed_rollout_with_nginx_gives_all_traffic_back_too() throws Exception {
    try (Cli cli = new Cli(temp)) {
      Running lab = cli.start("lab", "up", "examples/shop/environments/shop-canary-nginx.yaml");
      lab.awaitOut("--environment");
      Path folder = cli.stateHome().resolve("faultline/labs/shop-canary-nginx");
      Path split = folder.resolve("lab/orders.conf");

      String[] run = {
        "run",
        "examples/shop/canary-nginx.yaml",
        "--environment",
        folder.resolve("environment.yaml").toString()
      };
      Running rollout = cli.start(run);
      rollout.awaitErr("fault canary is in force");
      assertThat(split).content().contains("upstream orders, 20.00% to the canary");
      rollout.signal("KILL").end();

      Await.until(
          "all traffic is back",
          () -> Files.readString(split).contains("upstream orders, 0.00% to the canary"));
      Ended undo = cli.run("undo");
      assertThat(undo.exit()).as(undo.out() + undo.err()).isZero();
      assertThat(undo.out()).contains("halted");

      Files.writeString(split, Files.readString(split).replace("0.00%", "0.01%"));
      Ended refused = cli.run(run);
      assertThat(refused.exit()).as(refused.err()).isEqualTo(5);
      assertThat(refused.err())
          .containsPattern("orders.conf\\s+is\\s+not\\s+as\\s+Faultline\\s+writes\\s+it");
      assertThat(lab.signal("INT").end().exit()).isEqualTo(6);
      assertThat(cli.marked().processes()).isEmpty();
    }
  }

  @Test
  void a_killed_rollout_with_envoy_leaves_nothing_set_in_it() throws Exception {
    try (Cli cli = new Cli(temp);
        HttpClient client = HttpClient.newHttpClient()) {
      Running lab =
          cli.start(
              OrdersRoutes.withEnvoy(),
              Cli.command("lab", "up", "examples/shop/environments/shop-canary-envoy.yaml"));
      lab.awaitOut("--environment");
      URI runtime =
          URI.create("http://%s/runtime?format=json".formatted(address(lab.out(), "front.admin")));
      Path folder = cli.stateHome().resolve("faultline/labs/shop-canary-envoy");
      String[] run = {
        "run",
        "examples/shop/canary-envoy.yaml",
        "--environment",
        folder.resolve("environment.yaml").toString()
      };
      Running rollout = cli.start(run);
      rollout.awaitErr("fault canary is in force");
      assertThat(found(client, runtime)).contains("orders.match.beta", "\"100\"");
      rollout.signal("KILL").end();

      Await.until("nothing is set", () -> !found(client, runtime).contains("orders.match.beta"));
      Ended undo = cli.run("undo");
      assertThat(undo.exit()).as(undo.out() + undo.err()).isZero();
      assertThat(undo.out()).contains("halted");

      URI changed = runtime.resolve("/runtime_modify?orders.orders-v2=1");
      client.send(
          HttpRequest.newBuilder(changed).POST(BodyPublishers.noBody()).build(),
          BodyHandlers.discarding());
      Ended refused = cli.run(run);
      assertThat(refused.exit()).as(refused.err()).isEqualTo(5);
      assertThat(refused.err()).containsPattern("goes\\s+to\\s+orders-v2\\s+already");
      assertThat(lab.signal("INT").end().exit()).isEqualTo(6);
      assertThat(cli.marked().processes()).isEmpty();
    }
  }

  private static String found(HttpClient client, URI at) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(at).timeout(Duration.ofSeconds(10)).build();
    return client.send(request, BodyHandlers.ofString()).body();
  }

  private static int failed(HttpClient client, String told, int orders) throws Exception {
    URI checkout = URI.create("http://" + address(told, "gateway.http") + "/checkout");
    HttpRequest request =
        HttpRequest.newBuilder(checkout)
            .timeout(Duration.ofSeconds(10))
            .POST(BodyPublishers.noBody())
            .build();
    int failed = 0;
    for (int i = 0; i < orders; i++) {
      failed += client.send(request, BodyHandlers.discarding()).statusCode() >= 500 ? 1 : 0;
    }
    return failed;
  }

  private static void awaitTrue(HttpClient client, String told, String question) {
    URI asked =
        URI.create(
            address(told, "prometheus")
                + "/api/v1/query?query="
                + URLEncoder.encode(question, StandardCharsets.UTF_8));
    HttpRequest request = HttpRequest.newBuilder(asked).timeout(Duration.ofSeconds(5)).build();
    Await.until(
        question, () -> client.send(request, BodyHandlers.ofString()).body().contains("\"value\""));
  }

  private static String address(String told, String name) {
    return told.replaceAll("(?s).*\\n  %s +(\\S+)\\n.*".formatted(name.replace(".", "\\.")), "$1");
  }

  private static String said(Path socket, String command) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.US_ASCII)));
      return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
