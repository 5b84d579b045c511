package dev.faultline.engine.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Game days of which nothing, or something else than was meant, would come. */
final class GameDayRefusalsTest {

  private static final String WHOLE =
      """
      apiVersion: faultline.dev/v1
      kind: GameDay
      metadata: {name: one}
      spec:
        schedule: {cron: "0 10 * * 1-5", zone: Europe/Berlin}
        window: {hours: 09:00-16:00, late: 30m}
        freeze: [2026-12-24, {from: 2026-12-27, to: 2026-12-31T12:00, reason: closed}, {calendar: days.ics}]
        runs: [run.yaml]
        order: sequence
        onFailure: continue
        jitter: 10m
        seed: 3
        misfire: runOnce
        concurrency: queue
        notify:
          before: 15m
          to:
            - slack: {urlFile: slack.url}
            - webhook: {url: "https://hooks.example/faultline", secretFile: hook.key}
            - silence: {url: "http://alerts.example:9093", matchers: [team="shop"], for: 2h}
            - annotation: {url: "http://grafana.example", tokenFile: grafana.token, tags: [eu]}
      """;

  @TempDir Path folder;

  private Bench bench(String text) {
    return new Bench(folder)
        .with("one.yaml", text)
        .with("days.ics", "BEGIN:VCALENDAR\nEND:VCALENDAR\n")
        .with(
            "run.yaml",
            Bench.experiment(
                "run", "  environment: {local: {processes: {web: {pidFile: x.pid}}}}\n"))
        .with("none.yaml", Bench.environment("none", "web"));
  }

  private String refusal(String text) {
    String file = bench(text).path("one.yaml");
    InvalidFile refused =
        catchThrowableOfType(InvalidFile.class, () -> new GameDayFiles(new Loader()).load(file));
    assertThat(refused).as("a refusal").isNotNull();
    Manners.check(refused);
    return String.valueOf(refused.getMessage()).replace(folder + "/", "");
  }

  @Test
  void aWholeOneLoadsWithItsRunsAndCalendars() throws Exception {
    LoadedGameDay day =
        new GameDayFiles(new Loader()).load(bench(WHOLE).path("one.yaml")).getFirst();

    assertThat(day.runs()).containsExactly(folder.resolve("run.yaml"));
    assertThat(day.calendars()).containsExactly(folder.resolve("days.ics"));
    assertThat(day.spec().freeze().get(1).ends().orElseThrow().toString())
        .isEqualTo("2026-12-31T12:00");
    assertThat(bench(WHOLE).load("one.yaml")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "0 10 * * 1-5 | 0 0 10 * * 1-5 | 5:20: cron has five fields: minute, hour,",
        "before: 15m | before: 8d | 16:13: 'before' must be from 1s to 7d",
        "urlFile: slack.url | urlFile: slack.url, channel: ops | 18:37: unknown key 'channel'",
        "{urlFile: slack.url} | {} | say where: a 'url', or a 'urlFile' where it is a secret",
        "urlFile: slack.url | url: hooks.example | 'hooks.example' is not an address",
        "https://hooks.example | https://me:pw@hooks.example | no name or password stands in an",
        "matchers: [team=\"shop\"] | matchers: [shop] | 'shop' is no matcher; write it such as",
        "matchers: [team=\"shop\"] | matchers: [] | say which alerts, such as 'matchers:",
        "for: 2h | for: 25h | 'for' must be from 1m to 24h",
        "tokenFile: grafana.token | dashboard: x | 'tokenFile' is missing",
        "slack: {urlFile | slak: {urlFile | unknown key 'slak'; did you mean 'slack'?",
        "0 10 * * 1-5 | 60 10 * * 1-5 | 60 is no minute; it goes from 0 to 59",
        "0 10 * * 1-5 | 0 10 * * MOM | unknown day of week 'MOM'; did you mean 'MON'?",
        "0 10 * * 1-5 | 0 10 30 2 * | no year has such a day",
        "0 10 * * 1-5 | 0 5/2 * * * | '5/2' has a step and no range; write '5-23/2'",
        "0 10 * * 1-5 | 0 10 ? * 2L | '?' is no day of month",
        "0 10 * * 1-5 | @daily | cron has five fields",
        "0 10 * * 1-5 | 0 16-9 * * * | the range '16-9' runs backwards",
        "Europe/Berlin | Europe/Berlim | 5:42: 'Europe/Berlim' is no time zone",
        ", zone: Europe/Berlin | '' | 'zone' is missing",
        "cron: \"0 10 * * 1-5\", zone: Europe/Berlin | at: 2026-12-01T10:00:00 | 5:18: '2026-12-01T10:00:00' is no moment; write it with its offset",
        "cron: \"0 10 * * 1-5\" | cron: \"0 10 * * 1-5\", at: 2026-12-01T10:00:00Z | only one of cron and at",
        "09:00-16:00 | 9-16 | 6:19: '9-16' is no part of the day",
        "09:00-16:00 | 09:00-09:00 | '09:00-09:00' is no part of the day",
        "late: 30m | late: 2d | 'late' must be from 1s to 24h",
        "2026-12-24, | 2026-02-30, | 7:12: '2026-02-30' is no day",
        "from: 2026-12-27 | from: 2027-01-01 | this freeze ends before it begins",
        "from: 2026-12-27, | '' | 'from' is missing",
        "calendar: days.ics | calendar: gone.ics | there is no file gone.ics",
        "[run.yaml] | [] | 8:3: a game day needs at least one run",
        "[run.yaml] | [gone.yaml] | 8:10: there is no file gone.yaml",
        "[run.yaml] | [none.yaml] | 8:10: there is no experiment and no rollout in this file",
        "order: sequence | order: serial | unknown word 'serial'",
        "jitter: 10m | jitter: 13h | 11:11: 'jitter' must be at most 12h",
        "misfire: runOnce | misfires: skip | unknown key 'misfires'; did you mean 'misfire'?",
      })
  void whatMakesNoSenseIsRefusedWhereItStands(String what, String by, String refusal) {
    String text = WHOLE.replace(what, by.equals("''") ? "" : by);
    assertThat(text).isNotEqualTo(WHOLE);

    assertThat(refusal(text)).contains(refusal);
  }

  @Test
  void aRunThatStandsTwiceCannotRunBesideItself() {
    String text =
        WHOLE.replace("[run.yaml]", "[run.yaml, run.yaml]").replace("sequence", "parallel");

    assertThat(refusal(text)).contains("8:20: 'run.yaml' stands here twice");
  }
}
