package dev.faultline.app;

import dev.faultline.engine.audit.AuditChain;
import dev.faultline.engine.audit.AuditLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks the chain of the audit log. */
@Command(
    name = "verify",
    description = {
      "Checks that each record of the audit log follows the one before it, unaltered, and prints",
      "the hash of the last one, its head. Keep that where others cannot write: --head shows",
      "later that nothing up to there was altered or cut off. Without it, this finds what was",
      "altered in between, and not a log that was written anew as a whole."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "%nExample:",
      "  faultline audit verify --head 3f8a51d07c2e9b64",
      "%nExit codes:",
      "  0 it holds   1 it does not, or has not that head   2 usage   5 it cannot be read"
    })
final class AuditVerifyCommand implements Callable<Integer> {

  @Mixin private AuditFile file = new AuditFile();

  @Option(
      names = "--head",
      paramLabel = "HASH",
      description = "A head that was kept, or its first 16 digits or more: it must be in there.")
  private String head = "";

  private final Console console;

  AuditVerifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws UsageError, IOException {
    String sought = head.toLowerCase(Locale.ROOT);
    if (!sought.isEmpty() && !sought.matches("[0-9a-f]{16,64}")) {
      throw new UsageError(
          "--head takes a hash: 16 to 64 digits of 0-9 and a-f",
          "'%s' is none".formatted(head),
          "give what 'faultline audit verify' has printed as head");
    }
    Path log = file.path(console);
    if (file.isMissing(console)) {
      return missing(log, sought);
    }
    AuditChain chain = new AuditChain(sought);
    long torn = AuditLog.read(log, chain::take);
    return tell(log, chain, torn, sought);
  }

  private int missing(Path log, String sought) {
    if (sought.isEmpty()) {
      console.err().line("No records yet.");
      return 0;
    }
    console.error(
        "there is no audit log, and it should have the record " + sought,
        "%s is not there: it was deleted, or XDG_STATE_HOME names another place".formatted(log),
        "look for a copy of it; what it told since that head was kept is lost otherwise");
    return 1;
  }

  private int tell(Path log, AuditChain chain, long torn, String sought) {
    chain.flaws().forEach(flaw -> tell(log, flaw));
    boolean found = sought.isEmpty() || chain.found() > 0;
    if (!found) {
      console.error(
          "%s has no record %s".formatted(log, sought),
          "records were cut off at its end, or it was written anew, since that head was kept",
          "compare it with a copy; the heads that were kept say which one is the true one");
    }
    if (torn > 0) {
      tellTorn(torn);
    }
    boolean holds = chain.flawed() == 0;
    summarize(log, chain, holds);
    return holds && found ? 0 : 1;
  }

  private void tell(Path log, AuditChain.Flaw flaw) {
    console.error(
        "%s:%d: %s".formatted(log, flaw.line(), flaw.what()),
        flaw.why(),
        "compare it with a copy; then move the file away, to be kept, and a new log begins");
  }

  private void tellTorn(long bytes) {
    console
        .err()
        .wrapped(
            "note: ",
            "the last line is cut short (%d bytes), as when its writer is killed. The next record"
                    .formatted(bytes)
                + " takes its place and says so; only a head that was kept tells it from"
                + " a line that somebody cut");
  }

  private void summarize(Path log, AuditChain chain, boolean holds) {
    Page out = console.out();
    String records = Spell.count((int) chain.lines(), "record");
    String state = holds ? "unaltered" : Spell.count((int) chain.flawed(), "flaw");
    out.line("%s: %s, %s".formatted(log, records, state));
    if (holds) {
      out.line("head " + chain.head());
    }
    if (holds && chain.found() > 0) {
      out.line(
          "the head that was kept is record %d; %d came after it"
              .formatted(chain.found(), chain.lines() - chain.found()));
    }
  }
}
