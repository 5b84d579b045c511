package dev.faultline.node.http;

import dev.faultline.node.http.message.Fields;
import dev.faultline.node.http.text.Body;
import dev.faultline.node.http.text.Framing;
import dev.faultline.node.http.text.ResponseHead;
import dev.faultline.node.http.text.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Passes on the server's answer to one request of HTTP/1. */
final class H1Answer {

  private final H1Exchange exchange;
  private final Treatment treatment;
  private final ResponseHead head;
  private final Source source;
  private final OutputStream out;
  private final Framing framing;
  private final Body body;

  /**
   * @param head which was read from the source; its body was not
   */
  H1Answer(H1Exchange exchange, ResponseHead head, Source source, OutputStream out)
      throws IOException {
    this.exchange = exchange;
    this.treatment = exchange.treatment();
    this.head = head;
    this.source = source;
    this.out = out;
    this.framing = Framing.of(head, exchange.head().method());
    this.body = Body.of(framing, source);
  }

  /** Returns whether another answer may follow. */
  boolean pass() throws IOException {
    boolean last = exchange.head().isLast() || head.isLast() || framing instanceof Framing.UntilEnd;
    boolean whole =
        switch (treatment.plan(head.fields(), !(framing instanceof Framing.None))) {
          case BodyPlan.Pass _ -> copy(new byte[0]);
          case BodyPlan.Replace _ -> replace(Optional.empty());
          case BodyPlan.Collect _ -> collect();
        };
    return whole && !last;
  }

  private boolean copy(byte[] begun) throws IOException {
    out.write(head.with(treatment.fields(Hop.pass(head.fields()))).bytes());
    BodyWriter writer = BodyWriter.of(framing, out);
    writer.write(begun, begun.length);
    writer.copy(body, source);
    return true;
  }

  private boolean collect() throws IOException {
    ByteArrayOutputStream collected = new ByteArrayOutputStream();
    boolean fits =
        !(framing instanceof Framing.Length(long bytes) && bytes > BodyPlan.Collect.MOST);
    byte[] piece = new byte[Body.PIECE];
    int read = 0;
    while (fits && (read = body.read(piece)) >= 0) {
      collected.write(piece, 0, read);
      fits = collected.size() <= BodyPlan.Collect.MOST;
    }
    byte[] bytes = collected.toByteArray();
    Optional<NewBody> changed =
        treatment.body(head.fields(), fits ? Optional.of(bytes) : Optional.empty());
    return changed.isPresent() ? replace(changed) : copy(bytes);
  }

  /** Returns whether the server's body was read to its end. */
  private boolean replace(Optional<NewBody> known) throws IOException {
    NewBody fresh =
        known
            .or(() -> treatment.body(head.fields(), Optional.empty()))
            .orElseThrow(() -> new IOException("there is no other body"));
    Fields fields = treatment.fields(Hop.pass(fresh.fields()));
    out.write(head.with(fields).bytes());
    out.write(fresh.bytes());
    out.flush();
    byte[] piece = new byte[Body.PIECE];
    int read = 0;
    for (long dropped = 0; read >= 0 && dropped <= BodyPlan.Collect.MOST; dropped += read) {
      read = body.read(piece);
    }
    return read < 0;
  }
}
