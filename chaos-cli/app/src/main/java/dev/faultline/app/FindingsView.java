package dev.faultline.app;

import dev.faultline.model.summary.Outage;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.model.world.LedgerAccount;
import dev.faultline.reports.findings.Finding;
import dev.faultline.reports.findings.Findings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a failover cost in two lines, and what to change in one or two lines each. */
final class FindingsView {

  private static final int MOST = 5;

  private final Page out;

  FindingsView(Page out) {
    this.out = out;
  }

  void print(RunSummary run) {
    run.ledger().ifPresent(account -> ledger(run, account));
    List<Finding> findings = Findings.of(run);
    findings.stream().limit(MOST).forEach(this::finding);
    if (findings.size() > MOST) {
      out.line("  findings    %d more in the report".formatted(findings.size() - MOST));
    }
  }

  private void ledger(RunSummary run, LedgerAccount account) {
    out.wrapped(
        "  outage      ",
        run.figures().outage().map(found -> outage(found)).orElse("none: no write failed"));
    out.wrapped(
        "  lost        ",
        account
            .tally()
            .map(
                tally ->
                    out.in(
                        tally.lost() == 0 ? Style.PLAIN : Style.RED,
                        String.format(
                            Locale.ROOT,
                            "%,d of %,d acknowledged writes (%s)",
                            tally.lost(),
                            account.acknowledged(),
                            tally.lost() == 0 ? "RPO 0" : "RPO " + Spell.time(tally.oldestLost()))))
            .orElseGet(() -> "not known: " + Inert.text(account.unread())));
  }

  private static String outage(Outage outage) {
    String length =
        outage
            .recoveryTime()
            .map(time -> Spell.time(time) + " (RTO)")
            .orElse("did not end: no writer was back");
    String slowest =
        outage
            .slowest()
            .filter(time -> outage.recoveryTime().map(first -> later(time, first)).orElse(false))
            .map(time -> "; every writer back after " + Spell.time(time))
            .orElse("");
    String parts =
        outage.waits().stream()
            .map(
                wait ->
                    "%s %s"
                        .formatted(
                            wait.part().name().toLowerCase(Locale.ROOT), Spell.time(wait.length())))
            .collect(Collectors.joining(", "));
    return length + (parts.isEmpty() ? "" : "; " + parts) + slowest;
  }

  private static boolean later(Duration all, Duration first) {
    return all.minus(first).toMillis() >= 100;
  }

  private void finding(Finding finding) {
    Style style =
        switch (finding.severity()) {
          case SEVERE -> Style.RED;
          case NOTABLE -> Style.YELLOW;
          case MINOR -> Style.PLAIN;
        };
    out.wrapped("  finding     ", style, plain(finding.title()));
    if (finding.severity() != Finding.Severity.MINOR) {
      out.wrapped("              ", Style.DIM, plain(finding.advice()));
    }
  }

  private static String plain(String text) {
    return Inert.text(text).replace('\u202f', ',').replace('\u00a0', ' ');
  }
}
