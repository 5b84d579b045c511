package dev.faultline.node.http;

import dev.faultline.node.http.message.Fields;
import dev.faultline.node.http.text.Body;
import dev.faultline.node.http.text.Framing;
import dev.faultline.node.http.text.HeadReader;
import dev.faultline.node.http.text.MalformedHttp;
import dev.faultline.node.http.text.RequestHead;
import java.io.IOException;
import java.util.Optional;

/**
 * The requests of one connection of HTTP/1, one after the other, with the answers of the relay
 * itself. Those of the server are passed on by {@link H1Answers} in another thread, so that a
 * server may answer early and requests may follow each other at once.
 */
final class H1Session {

  /** So much of the body of a request that never reaches the server is read for the connection. */
  private static final int SKIPPED = 1 << 20;

  private final Session session;
  private final Wire client;
  private final H1Answers answers;
  private H1Exchange previous;

  H1Session(Session session, Wire client) {
    this.session = session;
    this.client = client;
    this.answers = new H1Answers(session, client);
    this.previous = new H1Exchange(new RequestHead("", "", 1, Fields.NONE), Treatment.NONE);
    previous.answered();
  }

  /** Returns when the connection is over. */
  void run() throws IOException, InterruptedException {
    try {
      boolean more = true;
      while (more) {
        Optional<RequestHead> head = HeadReader.request(client.in());
        if (head.isEmpty()) {
          break;
        }
        answers.requestIsHere();
        more = exchange(head.get());
      }
      if (session.isOver()) {
        return;
      }
      answers.noMoreRequests();
      previous.awaitAnswer();
      session.close();
    } catch (MalformedHttp bad) {
      previous.awaitAnswer();
      answers.write(OwnAnswer.refusal(bad.status(), bad.why()), false, true);
      client.finish();
    } catch (IOException broken) {
      if (!answers.hasServer()) {
        throw broken;
      }
      // When it was the server that broke, it may have answered before. The answers decide.
      dropUntilEnd();
    }
  }

  /** Returns whether another request may follow. */
  private boolean exchange(RequestHead head) throws IOException, InterruptedException {
    Framing framing = Framing.of(head);
    Treatment treatment =
        session.faults().treat(new Request(head.method(), head.target(), head.fields()));
    treatment.delay();
    Optional<OwnAnswer> own = treatment.answer(false);
    if (own.isPresent()) {
      return answer(head, framing, own.get());
    }
    H1Exchange exchange = new H1Exchange(head, treatment);
    if (!answers.hasServer()) {
      previous.awaitAnswer();
    }
    Wire server = answers.passTo(exchange);
    previous = exchange;
    if (!send(exchange, framing, server)) {
      dropUntilEnd();
      return false;
    }
    if (exchange.mayBecomeTunnel() && exchange.awaitAnswer()) {
      tunnel(server);
      return false;
    }
    if (head.isLast()) {
      dropUntilEnd();
      return false;
    }
    return true;
  }

  /** Returns whether the request was whole. */
  private boolean send(H1Exchange exchange, Framing framing, Wire server) throws IOException {
    RequestHead head = exchange.head();
    try {
      server.out().write(head.with(Hop.pass(head.fields())).bytes());
      BodyWriter.of(framing, server.out()).copy(Body.of(framing, client.in()), client.in());
      return true;
    } catch (MalformedHttp bad) {
      exchange.breakOff(bad);
      server.reset();
      return false;
    }
  }

  private boolean answer(RequestHead head, Framing framing, OwnAnswer own)
      throws IOException, InterruptedException {
    previous.awaitAnswer();
    boolean last = head.isLast() || !isSkippable(head, framing);
    answers.write(own, head.method().equals("HEAD"), last);
    if (last) {
      client.finish();
      session.close();
      return false;
    }
    Body body = Body.of(framing, client.in());
    byte[] dropped = new byte[Body.PIECE];
    while (body.read(dropped) >= 0) {}
    answers.requestIsDone();
    return true;
  }

  /** Whether the client surely sends a body that can be read to its end in short time. */
  private static boolean isSkippable(RequestHead head, Framing framing) {
    return switch (framing) {
      case Framing.None _ -> true;
      case Framing.Length length -> length.bytes() <= SKIPPED && !head.fields().has("expect");
      case Framing.Chunked _, Framing.UntilEnd _ -> false;
    };
  }

  private void tunnel(Wire server) throws IOException, InterruptedException {
    session.copy(client, server);
    answers.awaitEnd();
  }

  /** So that the end of the client is seen while the server works on its last request. */
  private void dropUntilEnd() throws IOException {
    byte[] dropped = new byte[Body.PIECE];
    while (client.in().read(dropped, 0, dropped.length) >= 0) {}
  }
}
