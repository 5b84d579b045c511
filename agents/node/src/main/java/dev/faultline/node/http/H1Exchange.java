package dev.faultline.node.http;

import dev.faultline.node.http.text.MalformedHttp;
import dev.faultline.node.http.text.RequestHead;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** A request of HTTP/1 that was passed on, until its answer was. Thread-safe. */
final class H1Exchange {

  private final RequestHead head;
  private final Treatment treatment;
  private final CountDownLatch answered = new CountDownLatch(1);
  private final AtomicReference<Optional<MalformedHttp>> broken =
      new AtomicReference<>(Optional.empty());
  private volatile boolean begun;
  private volatile boolean tunnel;

  H1Exchange(RequestHead head, Treatment treatment) {
    this.head = head;
    this.treatment = treatment;
  }

  RequestHead head() {
    return head;
  }

  Treatment treatment() {
    return treatment;
  }

  /** Whether the connection may become something else than HTTP with its answer. */
  boolean mayBecomeTunnel() {
    return head.method().equals("CONNECT") || !Hop.upgrade(head.fields()).isEmpty();
  }

  boolean isTunnelAt(int status) {
    return status == 101 || (head.method().equals("CONNECT") && status / 100 == 2);
  }

  /** From now on the client has a part of the answer. */
  void begin() {
    begun = true;
  }

  boolean hasBegun() {
    return begun;
  }

  void becomeTunnel() {
    tunnel = true;
    answered.countDown();
  }

  void answered() {
    answered.countDown();
  }

  /** Waits for the answer; says whether the connection is a tunnel from now on. */
  boolean awaitAnswer() throws InterruptedException {
    answered.await();
    return tunnel;
  }

  /** The client broke off in the middle of its body. */
  void breakOff(MalformedHttp why) {
    broken.set(Optional.of(why));
  }

  Optional<MalformedHttp> broken() {
    return broken.get();
  }
}
