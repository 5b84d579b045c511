package dev.faultline.node.http;

import dev.faultline.node.http.message.Fields;
import dev.faultline.node.http.text.HeadReader;
import dev.faultline.node.http.text.MalformedHttp;
import dev.faultline.node.http.text.ResponseHead;
import java.io.IOException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/**
 * The server's side of a connection of HTTP/1. It is connected with the first request that is
 * passed on. When the server ends it between two requests, the client's ends too; it is connected
 * again when a request is at hand by then, as one that is delayed. Thread-safe.
 */
final class H1Answers {

  private static final int MOST_UNANSWERED = 64;

  private final Session session;
  private final Wire client;
  private final Queue<H1Exchange> unanswered = new ConcurrentLinkedQueue<>();
  private final Semaphore room = new Semaphore(MOST_UNANSWERED);
  private final CountDownLatch tunnelEnd = new CountDownLatch(1);
  private Optional<Wire> server = Optional.empty();
  private boolean atHand;

  H1Answers(Session session, Wire client) {
    this.session = session;
    this.client = client;
  }

  synchronized void requestIsHere() {
    atHand = true;
  }

  synchronized void requestIsDone() {
    atHand = false;
  }

  synchronized boolean hasServer() {
    return server.isPresent();
  }

  /** The server, which is to answer this request after the earlier ones. */
  Wire passTo(H1Exchange exchange) throws IOException, InterruptedException {
    room.acquire();
    synchronized (this) {
      if (server.isEmpty()) {
        Wire fresh = session.connect();
        server = Optional.of(fresh);
        Thread.ofVirtual().name("http-answers").start(() -> run(fresh));
      }
      unanswered.add(exchange);
      atHand = false;
      return server.get();
    }
  }

  /** Tells the server, too. */
  synchronized void noMoreRequests() throws IOException {
    if (server.isPresent()) {
      server.get().endOutput();
    }
  }

  void awaitEnd() throws InterruptedException {
    tunnelEnd.await();
  }

  private void run(Wire from) {
    try {
      while (from.in().peek() >= 0) {
        H1Exchange exchange = unanswered.peek();
        if (exchange == null) {
          // An answer to no request: the server has lost count, or its patience.
          session.close();
          return;
        }
        if (!answer(from, exchange)) {
          return;
        }
        unanswered.remove();
        room.release();
        exchange.answered();
      }
      if (!gaveUp(from)) {
        refuseBroken();
        session.close();
      }
    } catch (IOException broken) {
      refuseBroken();
      session.reset();
    }
  }

  /** Ends the server's side alone when the next request can go to another connection. */
  private synchronized boolean gaveUp(Wire ended) {
    boolean replaceable = atHand && unanswered.isEmpty();
    if (replaceable) {
      server = Optional.empty();
      ended.close();
    }
    return replaceable;
  }

  /** A client that broke its own request is told so. */
  private void refuseBroken() {
    H1Exchange exchange = unanswered.peek();
    if (exchange != null && !exchange.hasBegun() && exchange.broken().isPresent()) {
      MalformedHttp bad = exchange.broken().get();
      refuse(OwnAnswer.refusal(bad.status(), bad.why()));
    }
  }

  private void refuse(OwnAnswer answer) {
    try {
      write(answer, false, true);
      session.farewell(client);
    } catch (IOException gone) {
      session.reset();
    }
  }

  /** Returns whether another answer may follow. */
  private boolean answer(Wire from, H1Exchange exchange) throws IOException {
    ResponseHead head;
    try {
      head = HeadReader.response(from.in());
      while (head.isInterim()) {
        client.out().write(head.with(Hop.pass(head.fields())).bytes());
        client.out().flush();
        head = HeadReader.response(from.in());
      }
    } catch (MalformedHttp bad) {
      refuse(OwnAnswer.refusal(502, "the server's answer has " + bad.why()));
      return false;
    }
    exchange.begin();
    if (exchange.isTunnelAt(head.status())) {
      tunnel(from, exchange, head);
      return false;
    }
    boolean more = new H1Answer(exchange, head, from.in(), client.out()).pass();
    if (!more) {
      exchange.answered();
      session.farewell(client);
    }
    return more;
  }

  private void tunnel(Wire from, H1Exchange exchange, ResponseHead head) throws IOException {
    Fields fields = exchange.treatment().fields(Hop.pass(head.fields()));
    client.out().write(head.with(fields).bytes());
    client.out().flush();
    exchange.becomeTunnel();
    session.copy(from, client);
    tunnelEnd.countDown();
  }

  /** Sends an answer of the relay itself. Only while the server has nothing to answer. */
  void write(OwnAnswer answer, boolean headOnly, boolean last) throws IOException {
    Fields fields = last ? answer.fields().plus("connection", "close") : answer.fields();
    client.out().write(new ResponseHead(1, answer.status(), "", fields).bytes());
    if (!headOnly) {
      client.out().write(answer.body());
    }
    client.out().flush();
  }
}
