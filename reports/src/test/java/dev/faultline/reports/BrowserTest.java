package dev.faultline.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a real browser makes of the HTML. A page of the test's own shows each report in a frame and
 * looks into it, for a report runs no script that could tell.
 */
final class BrowserTest {

  private static final String LOOK =
      """
      <!doctype html><title>look</title><body><script>
      const names = NAMES;
      const seen = {};
      for (const name of names) {
        const frame = document.createElement('iframe');
        frame.width = 360; frame.height = 900; frame.src = name + '.html';
        frame.onload = () => {
          const page = frame.contentDocument;
          const root = page.documentElement;
          const box = page.querySelector('.verdict');
          seen[name] = {
            wide: root.scrollWidth - root.clientWidth,
            scripts: page.querySelectorAll('script,iframe,img,object,embed,link').length,
            styled: getComputedStyle(box).borderLeftWidth,
            text: root.innerText.includes('<script>alert(1)<\\/script>'),
            drawings: page.querySelectorAll('svg path.signal').length
          };
          if (Object.keys(seen).length === names.length) {
            document.body.textContent = names.map(n => n + ' ' + JSON.stringify(seen[n])).join('\\n');
          }
        };
        document.body.append(frame);
      }
      </script>
      """;

  @TempDir private Path scratch;

  private final Map<String, String> pages = new TreeMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private Optional<HttpServer> server = Optional.empty();

  @BeforeEach
  void serve() throws IOException {
    Runs.all()
        .forEach(
            (name, run) ->
                pages.put(
                    "/" + name + ".html", EveryFormatTest.render(new HtmlReport(), run.summary())));
    HttpServer started =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    started.createContext("/", this::answer);
    started.start();
    server = Optional.of(started);
  }

  @AfterEach
  void stop() {
    server.ifPresent(running -> running.stop(0));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    asked.add(path);
    byte[] body = pages.getOrDefault(path, "").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
    exchange.sendResponseHeaders(
        pages.containsKey(path) ? 200 : 404, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private String address(String path) {
    return "http://localhost:" + server.orElseThrow().getAddress().getPort() + path;
  }

  private Browser browser() {
    Optional<Browser> found = Browser.find(scratch);
    assumeTrue(found.isPresent(), "no Chromium in /usr/bin: nothing can look at the page");
    return found.orElseThrow();
  }

  @Test
  void everyReportFitsAPhoneRunsNothingAndAsksForNothing() throws Exception {
    Browser browser = browser();
    List<String> names = List.copyOf(Runs.all().keySet());
    String list = "['" + String.join("','", names) + "']";
    pages.put("/look.html", LOOK.replace("NAMES", list));
    Browser.Seen seen = browser.open(address("/look.html"), "--dump-dom");
    List<String> looks =
        seen.dom()
            .lines()
            .map(line -> line.replaceAll(".*<body>|<[^>]*>", ""))
            .filter(names(names))
            .toList();
    assertThat(looks).as(seen.dom() + seen.log()).hasSize(names.size());
    assertThat(looks)
        .allSatisfy(
            look ->
                assertThat(look)
                    .contains("\"wide\":0", "\"scripts\":0", "\"styled\":\"6px\"")
                    .doesNotContain("\"drawings\":0"));
    assertThat(looks)
        .anyMatch(look -> look.startsWith("hostile") && look.contains("\"text\":true"));
    assertThat(seen.log()).doesNotContain("CONSOLE").doesNotContain("Content Security Policy");
    assertThat(asked).allMatch(path -> pages.containsKey(path) || path.equals("/favicon.ico"));
  }

  private static Predicate<String> names(List<String> names) {
    return line -> names.stream().anyMatch(name -> line.startsWith(name + " {"));
  }

  @Test
  void hostileTextIsInertInTheParsedPage() throws Exception {
    Browser.Seen seen = browser().open(address("/hostile.html"), "--dump-dom");
    assertThat(seen.dom())
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "${7*7}", "]]&gt;")
        .doesNotContain("<script")
        .doesNotContain("<img")
        .containsOnlyOnce("</style>");
    assertThat(seen.log()).doesNotContain("CONSOLE");
  }

  @Test
  @Tag("slow")
  void picturesOfEveryReportAreTaken() throws Exception {
    Browser browser = browser();
    Path folder = Files.createDirectories(Path.of("target", "pictures"));
    for (String name : Runs.all().keySet()) {
      Path picture = folder.resolve(name + ".png").toAbsolutePath();
      browser.open(
          address("/" + name + ".html"), "--window-size=1100,4200", "--screenshot=" + picture);
      assertThat(picture).isNotEmptyFile();
    }
  }
}
