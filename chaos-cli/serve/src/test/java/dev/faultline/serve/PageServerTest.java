package dev.faultline.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.engine.journal.Lever;
import dev.faultline.engine.journal.RunFolder;
import dev.faultline.engine.journal.RunStore;
import dev.faultline.gameday.course.Chronicle;
import dev.faultline.gameday.course.OutOfReach;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.reports.HtmlReport;
import dev.faultline.reports.Samples;
import dev.faultline.serve.door.Listen;
import dev.faultline.serve.door.Unservable;
import dev.faultline.serve.live.Feeds;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** A real server on a folder of runs of every kind. */
@TestInstance(Lifecycle.PER_CLASS)
final class PageServerTest {

  private static final String PREFIX = "20260314-092653-";

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> troubles = new ArrayList<>();
  private Optional<PageServer> server = Optional.empty();
  private Path temp = Path.of("unset");
  private Journals journals = new Journals(temp);

  @BeforeAll
  void serve(@TempDir Path folder) throws Exception {
    temp = folder;
    journals = new Journals(Files.createDirectories(temp.resolve("state")));
    Path runs = Files.createDirectories(journals.state().resolve("runs"));
    journals.writeAll(Samples.events());
    Path _ =
        Files.writeString(
            Files.createDirectory(runs.resolve("garbage")).resolve("journal.jsonl"),
            "{\"crc\":\n\0\u0001x\n");
    Path empty = Files.createDirectory(runs.resolve("empty"));
    Journals.age(empty);
    RunFolder altered = journals.write("altered", events("frozen"));
    try (RandomAccessFile file = new RandomAccessFile(altered.journal().toFile(), "rw")) {
      file.seek(altered.read().validBytes() * 2 / 3);
      file.write('~');
    }
    Journals.age(altered.journal());
    Path days = Files.createDirectories(temp.resolve("days"));
    Path _ = Files.writeString(days.resolve("wrong.yaml"), "kind: <b>nothing</b>\n");
    server = Optional.of(PageServer.open(settings(days), InstantSource.system(), troubles::add));
    int count = Samples.events().size() + 3;
    String _ = Await.until(() -> body("/history"), page -> page.contains(count + " runs"));
  }

  @AfterAll
  void close() {
    server.ifPresent(PageServer::close);
    client.close();
    assertThat(troubles).isEmpty();
  }

  private Settings settings(Path days) throws Unservable {
    return new Settings(
        Listen.parse("127.0.0.1:0"),
        Optional.empty(),
        Optional.empty(),
        journals.state(),
        Optional.of(days),
        Optional.empty(),
        "0.1");
  }

  private static List<Entry> events(String name) {
    return Objects.requireNonNull(Samples.events().get(name), name);
  }

  private HttpRequest.Builder request(String path) {
    String address = server.orElseThrow().address();
    return HttpRequest.newBuilder(URI.create(address.substring(0, address.length() - 1) + path));
  }

  private HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private String body(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return answer.body();
  }

  private Events stream(String path, String... headers) throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<InputStream> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    return new Events(answer.body());
  }

  @Test
  void everyRunIsShownWhateverStandsInIt() throws Exception {
    for (String name : Samples.events().keySet()) {
      assertThat(body("/runs/" + PREFIX + name))
          .as(name)
          .contains("</html>", PREFIX + name)
          .doesNotContain("<script>alert", "<img src");
    }
    assertThat(body("/runs/garbage")).contains("cannot be shown", "from its first line on");
    assertThat(body("/runs/empty")).contains("cannot be shown", "no journal");
    assertThat(body("/runs/altered")).contains("the journal was altered", "Timeline");
  }

  @Test
  void theReportIsTheOneThatTheCommandMakes() throws Exception {
    String id = PREFIX + "frozen";
    StringWriter made = new StringWriter();
    new HtmlReport().write(RunSummary.of(Journals.named(id, events("frozen"))), made);
    HttpResponse<String> answer = get("/runs/" + id + "/report.html");
    assertThat(answer.body()).isEqualTo(made.toString());
    assertThat(answer.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(
            policy -> assertThat(policy).contains("style-src 'sha256-", "frame-ancestors 'none'"));
  }

  @Test
  void whatIsNotOverIsToldFirstAndWhatIsWrongIsTold() throws Exception {
    assertThat(body("/"))
        .contains("something may still be in force", "faultline undo " + PREFIX + "died")
        .contains("No run is on.");
    assertThat(body("/calendar")).contains("&lt;b&gt;nothing&lt;/b&gt;").doesNotContain("<b>");
    assertThat(body("/trends")).contains("not enough runs");
    assertThat(body("/trends?experiment=orders-survive-freeze")).contains("Time to recover (TTR)");
    assertThat(body("/history?verdict=Failed&run=FREEZE"))
        .contains(PREFIX + "frozen")
        .doesNotContain(PREFIX + "passed");
  }

  @Test
  void theLeverIsSeenWhenItIsPulled() throws Exception {
    Lever lever = new RunStore(journals.state()).lever();
    try (Events events = stream("/live")) {
      lever.pull(new Lever.Pulled("<i>ops</i>", Instant.now(), "customers complain"));
      Events.Heard part =
          events
              .until(one -> one.kind().equals("part") && one.data().contains("customers complain"))
              .getLast();
      assertThat(part.data()).startsWith("<div id=\"part-now\"").contains("&lt;i&gt;ops");
    } finally {
      assertThat(lever.release()).isTrue();
    }
  }

  @Test
  void aRunThatGrowsIsStreamedToItsEndAndGoneOnWithAfterABreak() throws Exception {
    String id = "20260401-100000-growing";
    List<Entry> all = Journals.named(id, events("frozen"));
    int half = all.size() / 2;
    try (Journals.Growing run = journals.begin(id)) {
      for (Entry entry : all.subList(0, half)) {
        run.append(entry);
      }
      String page = Await.until(() -> get("/runs/" + id).body(), one -> one.contains("data-live"));
      assertThat(page).contains("On: faults", "In force");
      Events.Heard last;
      try (Events events = stream("/runs/" + id + "/live")) {
        List<Events.Heard> first = events.until(one -> !one.id().isEmpty());
        assertThat(first).extracting(Events.Heard::kind).contains("part", "said", "clock");
        last = first.getLast();
      }
      try (Events events = stream("/runs/" + id + "/live", "Last-Event-ID", last.id())) {
        for (Entry entry : all.subList(half, all.size())) {
          run.append(entry);
        }
        List<Events.Heard> rest = events.until(one -> one.kind().equals("end"));
        assertThat(rest.getLast().data()).isEqualTo("done");
        assertThat(rest)
            .filteredOn(one -> one.data().startsWith("<div id=\"part-state\""))
            .last()
            .satisfies(one -> assertThat(one.data()).contains("Failed", "report.html"));
      }
    }
    assertThat(all.getLast().event()).isInstanceOf(Event.Concluded.class);
    assertThat(body("/runs/" + id)).doesNotContain("data-live");
  }

  @Test
  void nobodyElseIsAnsweredAndNothingIsChanged() throws Exception {
    HttpResponse<String> page = get("/");
    assertThat(page.headers().map())
        .containsEntry("x-content-type-options", List.of("nosniff"))
        .containsEntry("cache-control", List.of("no-store"))
        .doesNotContainKey("access-control-allow-origin");
    assertThat(page.headers().firstValue("content-security-policy"))
        .hasValueSatisfying(policy -> assertThat(policy).doesNotContain("unsafe"));
    assertThat(get("/live", "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(403);
    for (String path :
        List.of(
            "/nothing", "/runs/", "/runs/..%2F..%2Fetc", "/assets/x", "/runs/garbage/journal")) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(404);
    }
    HttpRequest post = request("/").POST(HttpRequest.BodyPublishers.ofString("x")).build();
    assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(405);
    HttpRequest head =
        request("/history").method("HEAD", HttpRequest.BodyPublishers.noBody()).build();
    HttpResponse<String> empty = client.send(head, HttpResponse.BodyHandlers.ofString());
    assertThat(empty.statusCode()).isEqualTo(200);
    assertThat(empty.body()).isEmpty();
  }

  @Test
  void thereAreSoManyStreamsAtMost() throws Exception {
    List<Events> open = new ArrayList<>();
    try {
      for (int i = 0; i < Feeds.MOST; i++) {
        open.add(stream("/live"));
      }
      assertThat(get("/live").statusCode()).isEqualTo(503);
    } finally {
      for (Events one : open) {
        one.close();
      }
    }
    int _ = Await.until(() -> server.orElseThrow().viewers(), viewers -> viewers == 0);
  }

  @Test
  void whatIsReadFromAStoreHoldsUpNoPage() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    Chronicle slow =
        _ -> {
          try {
            answer.await();
          } catch (InterruptedException closed) {
            throw new IOException(closed);
          }
          throw new OutOfReach("the store postgresql://<b>db</b> is out of reach (refused)");
        };
    Settings settings =
        new Settings(
            Listen.parse("127.0.0.1:0"),
            Optional.empty(),
            Optional.empty(),
            journals.state(),
            Optional.empty(),
            Optional.of(slow),
            "0.1");
    try (PageServer page = PageServer.open(settings, InstantSource.system(), troubles::add)) {
      HttpRequest calendar =
          HttpRequest.newBuilder(URI.create(page.address() + "calendar")).build();
      HttpResponse<String> first = client.send(calendar, HttpResponse.BodyHandlers.ofString());
      assertThat(first.body()).contains("is being read");
      answer.countDown();
      String _ =
          Await.until(
              () -> client.send(calendar, HttpResponse.BodyHandlers.ofString()).body(),
              body ->
                  body.contains(
                      "what became of earlier game days cannot be read: the store"
                          + " postgresql://&lt;b&gt;db&lt;/b&gt; is out of reach (refused)"));
    }
  }

  @Test
  void aTakenPortAndAFolderThatIsNoneAreRefused() throws Exception {
    String address = server.orElseThrow().address();
    Settings same =
        new Settings(
            Listen.parse(address.substring("http://".length(), address.length() - 1)),
            Optional.empty(),
            Optional.empty(),
            journals.state(),
            Optional.empty(),
            Optional.empty(),
            "0.1");
    assertThatThrownBy(() -> PageServer.open(same, InstantSource.system(), troubles::add))
        .isInstanceOfSatisfying(
            Unservable.class,
            why -> {
              assertThat(why.isWrong()).isFalse();
              assertThat(why.fix()).contains("--listen");
            });
    Settings noFolder = settings(temp.resolve("none"));
    assertThatThrownBy(() -> PageServer.open(noFolder, InstantSource.system(), troubles::add))
        .hasMessageContaining("is no folder");
  }
}
