package dev.faultline.environment.database.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * What became of one writer's numbers, which are written in order from 0: four bytes for each. Not
 * thread-safe.
 */
final class Numbers {

  /** The most numbers that one writer may use: at 1,000/s they last 24 days. */
  static final int MOST = Integer.MAX_VALUE - 1;

  private static final int CHUNK = 4096;
  private static final int UNDER_WAY = 0;
  private static final int FAILED = -1;

  private final List<int[]> chunks = new ArrayList<>();
  private int settled;
  private int attempted;

  /** The number that the writer works on is sent, once more or for the first time. */
  int send() {
    int number = settled;
    if (number / CHUNK == chunks.size()) {
      chunks.add(new int[CHUNK]);
    }
    attempted = number + 1;
    mark(number, UNDER_WAY);
    return number;
  }

  /** Its acknowledgement was received, so many milliseconds after the beginning. */
  void acknowledge(int millis) {
    mark(settled, millis + 1);
    settled++;
  }

  /**
   * It ended in an error, and its fate is not known.
   *
   * @param again whether the writer will send it once more
   */
  void fail(boolean again) {
    mark(settled, FAILED);
    settled += again ? 0 : 1;
  }

  private void mark(int number, int mark) {
    chunks.get(number / CHUNK)[number % CHUNK] = mark;
  }

  /** What is known now. What it says of settled numbers never changes. */
  View view() {
    boolean working = attempted > settled;
    int current = working ? chunks.get(settled / CHUNK)[settled % CHUNK] : UNDER_WAY;
    return new View(List.copyOf(chunks), settled, attempted, current);
  }

  /**
   * What was known at a moment.
   *
   * @param settled numbers below it are acknowledged or given up
   * @param attempted numbers from it on have never been sent
   * @param current the mark of the number that was worked on
   */
  record View(List<int[]> chunks, int settled, int attempted, int current) {

    /** Whether a number was acknowledged. */
    boolean acknowledged(int number) {
      return mark(number) > 0;
    }

    /** Whether a number was sent, is not under way, and was not acknowledged. */
    boolean failed(int number) {
      return mark(number) == FAILED;
    }

    /** Milliseconds from the beginning until a number was acknowledged. */
    int acknowledgedAt(int number) {
      return mark(number) - 1;
    }

    private int mark(int number) {
      return number < settled
          ? chunks.get(number / CHUNK)[number % CHUNK]
          : number < attempted ? current : UNDER_WAY;
    }
  }
}
