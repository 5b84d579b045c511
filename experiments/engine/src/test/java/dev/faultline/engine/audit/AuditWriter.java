package dev.faultline.engine.audit;

import dev.faultline.engine.journal.RunStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** A process that appends: to the state folder that it is given, so often, saying each number. */
final class AuditWriter {

  private AuditWriter() {}

  public static void main(String[] args) throws IOException {
    AuditLog log = new AuditLog(new RunStore(Path.of(args[0])), InstantSource.system());
    Who who = new Who("writer", args[2], Optional.empty());
    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
      Act act = new Act.Halted(Optional.empty(), "a halt ".repeat(i % 60));
      System.out.println(log.append(who, act).number());
    }
  }
}
