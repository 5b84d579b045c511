package dev.faultline.node.http;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A fault from when it was put, with what became of it. Thread-safe. */
final class LiveFault {

  private final HttpFault fault;
  private final AtomicLong seen = new AtomicLong();
  private final AtomicLong matched = new AtomicLong();
  private final AtomicLong affected = new AtomicLong();
  private final Delays delays = new Delays();
  private final CountDownLatch ended = new CountDownLatch(1);

  LiveFault(HttpFault fault) {
    this.fault = fault;
  }

  /** Decides about a request. */
  Optional<Chosen> choose(Request request) {
    seen.incrementAndGet();
    if (!fault.match().matches(request)) {
      return Optional.empty();
    }
    // Its own dice for each request, so that what one draws changes nothing for the next.
    var dice = new SplittableRandom(mix(fault.seed(), matched.getAndIncrement()));
    return dice.nextDouble() < fault.share()
        ? Optional.of(new Chosen(this, fault.effects(), dice))
        : Optional.empty();
  }

  private static long mix(long seed, long number) {
    return new SplittableRandom(seed + number * 0x9e3779b97f4a7c15L).nextLong();
  }

  void affected() {
    affected.incrementAndGet();
  }

  /** Waits; not any longer once the fault has ended. Returns whether it waited for all of it. */
  boolean delay(long nanos) {
    long began = System.nanoTime();
    try {
      if (ended.await(nanos, TimeUnit.NANOSECONDS)) {
        return false;
      }
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
      return false;
    }
    delays.add(System.nanoTime() - began);
    return true;
  }

  void end() {
    ended.countDown();
  }

  HttpReport report() {
    return delays.report(seen.get(), matched.get(), affected.get());
  }
}
