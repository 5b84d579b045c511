package dev.faultline.environment.database.ledger;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rows of one ledger that were found, told in the order in which the server numbered them: half
 * a byte for each number. Not thread-safe.
 */
public final class Found {

  private final List<OfWriter> writers;
  private long rows;

  /** Nothing was found yet. */
  Found(int writers) {
    this.writers =
        new ArrayList<>(IntStream.range(0, writers).mapToObj(_ -> new OfWriter()).toList());
  }

  /**
   * A row; one that was told before is left out.
   *
   * @param seq the server's number of it
   * @throws ImpossibleRow when no writer can have written it
   */
  public void add(long seq, int writer, long number) throws ImpossibleRow {
    if (writer < 0 || writer >= writers.size() || number < 0 || number > Numbers.MOST) {
      throw new ImpossibleRow(writer, number);
    }
    if (writers.get(writer).add(seq, (int) number)) {
      rows++;
    }
  }

  /** Where to go on: rows up to this one have all been told. */
  public long after() {
    return writers.stream().mapToLong(writer -> writer.newest).min().orElse(0);
  }

  /** How many writers there may be. */
  public int writers() {
    return writers.size();
  }

  /** How many rows there are. */
  long rows() {
    return rows;
  }

  /** The numbers of a writer that are there. */
  public BitSet present(int writer) {
    return writers.get(writer).present;
  }

  /** How many numbers are there more than once. */
  long duplicated() {
    return writers.stream().mapToLong(writer -> writer.twice.cardinality()).sum();
  }

  /** How many numbers stand before a smaller one of the same writer. */
  long reordered() {
    return writers.stream().mapToLong(writer -> writer.reordered.cardinality()).sum();
  }

  private static final class OfWriter {
    private final BitSet present = new BitSet();
    private final BitSet twice = new BitSet();
    private final BitSet reordered = new BitSet();

    /** Numbers that no smaller one has followed so far. */
    private final BitSet standing = new BitSet();

    private long newest;

    boolean add(long seq, int number) {
      if (seq <= newest) {
        return false;
      }
      newest = seq;
      if (present.get(number)) {
        twice.set(number);
      }
      present.set(number);
      for (int top = standing.length() - 1; top > number; top = standing.length() - 1) {
        standing.clear(top);
        reordered.set(top);
      }
      standing.set(number);
      return true;
    }
  }
}
