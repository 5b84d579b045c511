package dev.faultline.fuzz;

import dev.faultline.app.PlanTarget;
import dev.faultline.app.foureyes.ApprovalTarget;
import dev.faultline.engine.audit.AuditTarget;
import dev.faultline.engine.file.DocumentTarget;
import dev.faultline.engine.file.ImportTarget;
import dev.faultline.engine.journal.JournalTarget;
import dev.faultline.environment.prometheus.AnswerTarget;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Something that reads what others wrote.
 *
 * @param target its class with {@code fuzzerTestOneInput}
 * @param seeds what mutation begins with
 */
record Reader(Class<?> target, List<byte[]> seeds) {

  /** Each reader of the product. */
  static Stream<Reader> all() throws IOException {
    return Stream.of(
        new Reader(DocumentTarget.class, DocumentTarget.seeds()),
        new Reader(ImportTarget.class, ImportTarget.seeds()),
        new Reader(PlanTarget.class, PlanTarget.seeds()),
        new Reader(JournalTarget.class, JournalTarget.seeds()),
        new Reader(AuditTarget.class, AuditTarget.seeds()),
        new Reader(ApprovalTarget.class, ApprovalTarget.seeds()),
        new Reader(AnswerTarget.class, AnswerTarget.seeds()));
  }

  /** The name of the target, for people and folders. */
  String name() {
    return target.getSimpleName();
  }

  @Override
  public String toString() {
    return name();
  }
}
