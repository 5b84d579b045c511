package dev.faultline.app;

import dev.faultline.engine.audit.Act;
import dev.faultline.engine.audit.AuditLine;
import dev.faultline.engine.audit.AuditLog;
import dev.faultline.engine.audit.AuditRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the audit log. */
@Command(
    name = "list",
    description = {
      "Lists who ran, approved, halted and undid what, oldest first. It believes the file:",
      "'faultline audit verify' says whether it may."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "%nExample:",
      "  faultline audit list --run 20260101-120000-orders",
      "%nExit codes:",
      "  0 listed   5 it cannot be read"
    })
final class AuditListCommand implements Callable<Integer> {

  @Mixin private AuditFile file = new AuditFile();

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description = "Only what is about runs whose id has that in it.")
  private String run = "";

  @Option(names = "--json", description = "Prints each record as a line of JSON.")
  private boolean json;

  private final Console console;

  AuditListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Path log = file.path(console);
    if (file.isMissing(console)) {
      console.err().line("No records yet.");
      return 0;
    }
    long _ = AuditLog.read(log, this::print);
    return 0;
  }

  private void print(String text) {
    Optional<AuditLine> line = AuditLine.read(text);
    Optional<AuditRecord> record = line.flatMap(AuditLine::record);
    if (!run.isEmpty() && record.flatMap(one -> one.act().about()).filter(this::meant).isEmpty()) {
      return;
    }
    if (json) {
      line.ifPresent(one -> console.out().line(one.json()));
      return;
    }
    console
        .out()
        .line(record.map(AuditListCommand::words).orElse("      damaged, or of a newer Faultline"));
  }

  private boolean meant(String id) {
    return id.contains(run);
  }

  private static String words(AuditRecord record) {
    return "%5d %s  %-24s %s"
        .formatted(
            record.number(),
            record.at().truncatedTo(ChronoUnit.SECONDS),
            Inert.text(record.who().words()),
            Inert.text(words(record.act())).replace('\n', ' '));
  }

  private static String words(Act act) {
    return switch (act) {
      case Act.Began it ->
          "began %s in %s, plan %s%s%s"
              .formatted(
                  it.run(),
                  it.environment(),
                  PlanView.brief(it.plan()),
                  it.control() ? ", without faults" : "",
                  it.approvedBy().isEmpty()
                      ? ""
                      : ", approved by " + String.join(" and ", it.approvedBy()));
      case Act.Ended it ->
          "%s ended: %s (%d)%s"
              .formatted(
                  it.run(), it.outcome(), it.exit(), it.halted().map(", "::concat).orElse(""));
      case Act.Undone it ->
          "%s %s, by the %s".formatted(it.proven() ? "undid" : "COULD NOT UNDO", it.run(), it.by());
      case Act.Approved it ->
          "approved step %d of %s%s%s"
              .formatted(
                  it.step(), it.run(), it.breach() ? " after a breach" : "", because(it.why()));
      case Act.Signed it ->
          "signed plan %s of %s until %s%s"
              .formatted(PlanView.brief(it.plan()), it.experiment(), it.until(), because(it.why()));
      case Act.Halted it -> "halted %s%s".formatted(it.run().orElse("all"), because(it.why()));
      case Act.Resumed it -> "let runs begin again; they were " + it.halt();
      case Act.Mended it -> "found a line cut short after %d bytes".formatted(it.bytes());
    };
  }

  private static String because(String why) {
    return why.isEmpty() ? "" : ": " + why;
  }
}
