package dev.faultline.environment.database.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.model.world.LedgerAccount.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonTest {

  private final AtomicLong nanos = new AtomicLong();

  @Test
  void whatWasAcknowledgedAndIsNotThereIsLostAndItsAgeReachesToTheFirstFailure() throws Exception {
    Book book = book(1, false);
    written(book, 0, 100);
    written(book, 0, 100);
    written(book, 0, 100);
    book.sent(0);
    book.failed(0, "gone");
    passes(5_000);
    assertThat(tally(book, rows(0, 0))).isEqualTo(new Tally(1, 2, Duration.ofMillis(200), 0, 0, 0));
  }

  @Test
  void aLossWithoutAnyFailureReachesToThePresent() throws Exception {
    Book book = book(1, false);
    written(book, 0, 100);
    passes(400);
    assertThat(tally(book, new Found(1)).oldestLost()).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void aFailedWriteThatIsThereIsUnknownAndOneUnderWayIsNothing() throws Exception {
    Book book = book(2, false);
    book.sent(0);
    book.failed(0, "late");
    book.sent(1);
    Found found = new Found(2);
    found.add(1, 0, 0);
    found.add(2, 1, 0);
    assertThat(tally(book, found)).isEqualTo(new Tally(2, 0, Duration.ZERO, 1, 0, 0));
    book.acknowledged(1, 0);
    assertThat(tally(book, new Found(2)).lost()).isEqualTo(1);
  }

  @Test
  void whatIsAcknowledgedWhileTheTableIsReadIsNotLost() throws Exception {
    Book book = book(1, false);
    book.sent(0);
    Book.Moment before = book.moment();
    book.acknowledged(0, 0);
    assertThat(book.comparison(before, book.moment()).with(new Found(1)).lost()).isZero();
  }

  @Test
  void numbersThatAreThereTwiceAndBeforeSmallerOnesAreCountedOnce() throws Exception {
    Book book = book(1, false);
    IntStream.range(0, 5).forEach(_ -> written(book, 0, 1));
    Tally tally = tally(book, rows(0, 0, 3, 4, 1, 2, 2, 2));
    assertThat(tally).isEqualTo(new Tally(7, 0, Duration.ZERO, 0, 1, 2));
  }

  @Test
  void aRowThatWasNeverSentIsNoFigureButAnError() throws Exception {
    Book book = book(1, false);
    written(book, 0, 1);
    assertThatThrownBy(() -> tally(book, rows(0, 1)))
        .isInstanceOf(ImpossibleRow.class)
        .hasMessageContaining("number 1 of writer 0");
    assertThatThrownBy(() -> rows(1, 0)).isInstanceOf(ImpossibleRow.class);
    assertThatThrownBy(() -> rows(0, -1)).isInstanceOf(ImpossibleRow.class);
  }

  /** Against the same words written down again with sets of the JDK. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anySequenceOfAcknowledgementsAndLossesIsCountedLikeTheModelDoes(boolean again)
      throws Exception {
    for (int seed = 0; seed < 500; seed++) {
      Model model = new Model(new Random(seed), again);
      model.play();
      assertThat(tally(model.book, model.found())).as("seed " + seed).isEqualTo(model.tally());
    }
  }

  private final class Model {
    private static final int WRITERS = 3;

    private final Random random;
    private final Book book;
    private final List<TreeMap<Integer, Long>> acknowledged = new ArrayList<>();
    private final List<TreeSet<Integer>> failed = new ArrayList<>();
    private final TreeSet<Long> failures = new TreeSet<>();
    private final List<int[]> rows = new ArrayList<>();

    Model(Random random, boolean again) {
      this.random = random;
      nanos.set(0);
      this.book = book(WRITERS, again);
      for (int i = 0; i < WRITERS; i++) {
        acknowledged.add(new TreeMap<>());
        failed.add(new TreeSet<>());
      }
    }

    void play() {
      for (int step = random.nextInt(200); step > 0; step--) {
        write(random.nextInt(WRITERS));
      }
      while (random.nextInt(4) > 0 && rows.size() > 1) {
        disturb();
      }
    }

    private void write(int writer) {
      int number = book.sent(writer);
      long sent = millis();
      passes(random.nextInt(3));
      boolean arrives = random.nextInt(10) > 0;
      boolean told = random.nextInt(10) > 1 && arrives;
      if (arrives) {
        rows.add(new int[] {writer, number});
      }
      if (told) {
        book.acknowledged(writer, 0);
        acknowledged.get(writer).put(number, millis());
        failed.get(writer).remove(number);
      } else {
        book.failed(writer, "");
        failed.get(writer).add(number);
        failures.add(sent);
      }
      passes(random.nextInt(2));
    }

    private void disturb() {
      int at = random.nextInt(rows.size());
      switch (random.nextInt(3)) {
        case 0 -> rows.remove(at);
        case 1 -> rows.add(random.nextInt(rows.size()), rows.get(at));
        default -> rows.add(random.nextInt(rows.size()), rows.remove(at));
      }
    }

    Found found() throws ImpossibleRow {
      Found found = new Found(WRITERS);
      for (int i = 0; i < rows.size(); i++) {
        found.add(i + 1, rows.get(i)[0], rows.get(i)[1]);
      }
      return found;
    }

    Tally tally() {
      long lost = 0;
      long oldest = 0;
      long unknown = 0;
      long twice = 0;
      long reordered = 0;
      for (int writer = 0; writer < WRITERS; writer++) {
        List<Integer> present = present(writer);
        for (var write : acknowledged.get(writer).entrySet()) {
          if (!present.contains(write.getKey())) {
            lost++;
            Long until = failures.ceiling(write.getValue());
            oldest = Math.max(oldest, (until == null ? millis() : until) - write.getValue());
          }
        }
        unknown += failed.get(writer).stream().filter(present::contains).count();
        TreeSet<Integer> distinct = new TreeSet<>(present);
        twice += distinct.stream().filter(n -> isTwice(present, n)).count();
        reordered += distinct.stream().filter(n -> isBeforeSmaller(present, n)).count();
      }
      return new Tally(rows.size(), lost, Duration.ofMillis(oldest), unknown, twice, reordered);
    }

    private List<Integer> present(int writer) {
      return rows.stream().filter(row -> row[0] == writer).map(row -> row[1]).toList();
    }

    private boolean isTwice(List<Integer> present, int n) {
      return present.indexOf(n) != present.lastIndexOf(n);
    }

    private boolean isBeforeSmaller(List<Integer> present, int n) {
      return present.subList(present.indexOf(n), present.size()).stream().anyMatch(m -> m < n);
    }
  }

  private Book book(int writers, boolean again) {
    return new Book(writers, again, Duration.ofMillis(10), Instant.EPOCH, nanos::get);
  }

  private void written(Book book, int writer, int millis) {
    book.sent(writer);
    book.acknowledged(writer, 0);
    passes(millis);
  }

  private void passes(long millis) {
    nanos.addAndGet(Duration.ofMillis(millis).toNanos());
  }

  private long millis() {
    return Duration.ofNanos(nanos.get()).toMillis();
  }

  private static Found rows(int writer, int... numbers) throws ImpossibleRow {
    Found found = new Found(1);
    for (int i = 0; i < numbers.length; i++) {
      found.add(i + 1, writer, numbers[i]);
    }
    return found;
  }

  private static Tally tally(Book book, Found found) throws ImpossibleRow {
    Book.Moment now = book.moment();
    return book.comparison(now, now).with(found);
  }
}
