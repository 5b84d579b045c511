package dev.faultline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AsideTest {

  private static Entry entry(long number) {
    return new Entry(
        number, Instant.EPOCH, Duration.ofSeconds(number), new Event.PhaseBegan(Phase.BASELINE));
  }

  @Test
  @Timeout(30)
  void aListenerThatHangsHoldsUpNobodyAndHearsEverythingInOrderLater() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    List<Long> told = new CopyOnWriteArrayList<>();
    Aside aside =
        new Aside(
            entry -> {
              try {
                hanging.await();
              } catch (InterruptedException cut) {
                Thread.currentThread().interrupt();
              }
              told.add(entry.number());
            });

    // Returns although the listener has not let the first one go.
    for (long number = 0; number < 100; number++) {
      aside.accept(entry(number));
    }
    assertThat(told).isEmpty();

    hanging.countDown();
    aside.close();
    assertThat(told).hasSize(100).isSorted();
  }
}
