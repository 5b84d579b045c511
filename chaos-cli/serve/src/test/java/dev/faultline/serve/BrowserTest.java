package dev.faultline.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.model.event.Entry;
import dev.faultline.reports.Samples;
import dev.faultline.serve.door.Listen;
import dev.faultline.serve.door.Unservable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What a real browser makes of the pages: one browser, one server. Pictures: target/pictures. */
@TestInstance(Lifecycle.PER_CLASS)
final class BrowserTest {

  private static final String DONE = "20260314-092653-";
  private static final int PHONE = 400;

  /** What keeps readers out who cannot see or use a mouse; each fault is a line. */
  private static final String FAULTS =
      """
      (() => {
        const faults = [];
        const all = (what) => [...document.querySelectorAll(what)];
        const check = (right, what) => { if (!right) faults.push(what); };
        check(document.documentElement.lang === 'en', 'no language');
        check(document.title.length > 12, 'no title');
        for (const one of ['main', 'h1', 'header.site', 'footer'])
          check(all(one).length === 1, 'not one ' + one);
        const ids = all('[id]').map(e => e.id);
        check(new Set(ids).size === ids.length,
          'an id twice: ' + ids.filter((id, i) => ids.indexOf(id) !== i));
        let level = 0;
        for (const h of all('h1,h2,h3,h4')) {
          const next = Number(h.tagName[1]);
          check(next <= level + 1, 'a heading skips a level: ' + h.textContent);
          level = next;
        }
        for (const s of all('svg[role=img]'))
          for (const id of (s.getAttribute('aria-labelledby') || 'none').split(' '))
            check(document.getElementById(id)?.textContent.trim(), 'a drawing without words: ' + id);
        for (const s of all('svg:not([role=img])'))
          check(s.closest('[role=img]') || s.closest('[aria-hidden=true]'), 'a drawing that is read');
        for (const i of all('input:not([type=hidden]),select'))
          check(document.querySelector(`label[for="${i.id}"]`), 'a field without its label: ' + i.id);
        for (const r of all('.scroll'))
          check(r.tabIndex === 0 && r.getAttribute('role') === 'region'
            && r.getAttribute('aria-label'), 'a wide table that no key reaches');
        for (const t of all('table'))
          check(t.querySelector('thead th[scope=col]') && t.querySelector('tbody th[scope]'),
            'a table without heads');
        for (const a of all('a,button'))
          check(a.textContent.trim(), 'a link without words');
        for (const e of all('[aria-labelledby],[aria-describedby]'))
          for (const id of ((e.getAttribute('aria-labelledby') || '') + ' '
              + (e.getAttribute('aria-describedby') || '')).trim().split(/ +/))
            check(document.getElementById(id), 'points to nothing: ' + id);
        for (const n of all('nav'))
          check(n.getAttribute('aria-label'), 'a navigation without a name');
        check(document.querySelector('.skip')?.hash === '#main', 'no way past the links');
        return faults.join('\\n');
      })()
      """;

  private Optional<Chromium> browser = Optional.empty();
  private Optional<PageServer> server = Optional.empty();
  private Path temp = Path.of("unset");
  private Journals journals = new Journals(temp);

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    temp = folder;
    browser = Chromium.start(temp);
    assumeTrue(browser.isPresent(), "no Chromium in /usr/bin: nothing can look at the page");
    journals = new Journals(Files.createDirectories(temp.resolve("state")));
    Path _ = Files.createDirectories(journals.state().resolve("runs"));
    journals.writeAll(Samples.events());
    Path days = Files.createDirectories(temp.resolve("days"));
    Path _ = Files.writeString(days.resolve("wrong.yaml"), "kind: GameDay\n");
    server = Optional.of(serve());
    String count = Samples.events().size() + " runs";
    String _ =
        Await.until(
            () -> {
              browser.orElseThrow().open(address("/history"));
              return browser.orElseThrow().text("document.body.innerText");
            },
            text -> text.contains(count));
  }

  private PageServer serve() throws Unservable {
    Settings settings =
        new Settings(
            Listen.parse("127.0.0.1:0"),
            Optional.empty(),
            Optional.empty(),
            journals.state(),
            Optional.of(temp.resolve("days")),
            Optional.empty(),
            "0.1");
    return PageServer.open(settings, InstantSource.system(), _ -> {});
  }

  @AfterAll
  void stop() {
    browser.ifPresent(Chromium::close);
    server.ifPresent(PageServer::close);
  }

  private String address(String path) {
    return server.orElseThrow().address() + path.substring(1);
  }

  private static List<String> pages() {
    return List.of(
        "/",
        "/calendar",
        "/history",
        "/trends",
        "/trends?experiment=orders-survive-freeze",
        "/runs/" + DONE + "aborted",
        "/runs/" + DONE + "died",
        "/runs/" + DONE + "hostile",
        "/runs/" + DONE + "rolled-back",
        "/nothing");
  }

  @Test
  void everyPageFitsAPhoneAndIsReadWithoutEyesOrMouse() throws Exception {
    Chromium one = browser.orElseThrow();
    Path pictures = Files.createDirectories(Path.of("target", "pictures"));
    for (String page : pages()) {
      String name = page.replaceAll("\\W+", "-");
      one.shape(PHONE, 900, true);
      one.open(address(page));
      assertThat(one.value("document.documentElement.scrollWidth - innerWidth").asInt(-1))
          .as("%s is wider than a phone", page)
          .isLessThanOrEqualTo(0);
      assertThat(one.text(FAULTS)).as(page).isEmpty();
      assertThat(one.text("getComputedStyle(document.body).backgroundColor"))
          .isEqualTo("rgb(14, 17, 22)");
      one.picture(pictures.resolve("dark" + name + ".png"));
      one.shape(1100, 900, false);
      assertThat(one.text("getComputedStyle(document.body).backgroundColor"))
          .isEqualTo("rgb(246, 247, 249)");
      one.picture(pictures.resolve("light" + name + ".png"));
    }
    assertThat(one.complaints()).noneMatch(words -> words.contains("Content Security Policy"));
  }

  @Test
  void aRunIsSeenToGoOnAndALostConnectionIsTold() throws Exception {
    Chromium one = browser.orElseThrow();
    String id = "20260401-100000-growing";
    List<Entry> all =
        Journals.named(id, Objects.requireNonNull(Samples.events().get("frozen"), "frozen"));
    PageServer second = serve();
    try (Journals.Growing run = journals.begin(id)) {
      for (Entry entry : all.subList(0, all.size() / 2)) {
        run.append(entry);
      }
      one.shape(1100, 900, false);
      String _ =
          Await.until(
              () -> {
                one.open(second.address() + "runs/" + id);
                return one.text("document.querySelector('.word')?.textContent");
              },
              word -> word.equals("On: faults"));
      String _ = text(one, "connection-state", "Live,");
      String table = "document.querySelector('#part-gates .scroll')";
      assertThat(one.value("%s.focus() === undefined".formatted(table)).asBoolean()).isTrue();
      for (Entry entry : all.subList(all.size() / 2, all.size() - 1)) {
        run.append(entry);
      }
      String _ = text(one, "said", "On: closed. ");
      assertThat(one.text("document.querySelector('.word').textContent")).isEqualTo("On: closed");
      assertThat(one.value("document.activeElement === " + table).asBoolean()).isTrue();
    } finally {
      second.close();
    }
    String _ = text(one, "connection-state", "Connection lost, trying again,");
  }

  private static String text(Chromium one, String id, String words) throws Exception {
    return Await.until(
        () -> one.text("document.getElementById('%s').textContent".formatted(id)), words::equals);
  }
}
