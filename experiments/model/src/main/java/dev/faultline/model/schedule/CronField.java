package dev.faultline.model.schedule;

import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.codec.Words;
import java.util.List;
import java.util.Locale;

/**
 * The numbers that one field of cron names.
 *
 * @param kind which field
 * @param numbers a bit for each number
 * @param starred whether it was written with a star in front, which restricts no day by itself
 */
public record CronField(Kind kind, long numbers, boolean starred) {

  /** Which field, with its range. */
  public enum Kind {
    /** 0 to 59. */
    MINUTE("minute", 0, 59, ""),
    /** 0 to 23. */
    HOUR("hour", 0, 23, ""),
    /** 1 to 31. */
    DAY("day of month", 1, 31, ""),
    /** 1 to 12, or JAN to DEC. */
    MONTH("month", 1, 12, "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC"),
    /** 0 to 7, both of which are Sunday, or SUN to SAT. */
    WEEKDAY("day of week", 0, 7, "SUN MON TUE WED THU FRI SAT");

    private final String words;
    private final int least;
    private final int most;
    private final String names;

    Kind(String words, int least, int most, String names) {
      this.words = words;
      this.least = least;
      this.most = most;
      this.names = names;
    }

    /** Reads a field: stars, numbers, names, ranges, steps, lists of them. */
    CronField read(String text) {
      long numbers = 0;
      for (String part : text.split(",", -1)) {
        numbers |= part(part, text);
      }
      if (this == WEEKDAY && (numbers & 1L << 7) != 0) {
        numbers = (numbers | 1) & ~(1L << 7);
      }
      return new CronField(this, numbers, text.startsWith("*"));
    }

    private long part(String part, String field) {
      String[] stepped = part.split("/", -1);
      String[] ends = stepped[0].split("-", -1);
      boolean star = stepped[0].equals("*");
      if (stepped.length > 2 || ends.length > 2) {
        throw refuse(field);
      }
      if (stepped.length == 2 && !star && ends.length == 1) {
        throw new InvalidValue(
            "'%s' has a step and no range; write '%s-%d/%s'"
                .formatted(part, ends[0], most, stepped[1]));
      }
      int step = stepped.length == 2 ? step(stepped[1], field) : 1;
      int from = star ? least : number(ends[0], field);
      int to = star ? top() : ends.length == 2 ? number(ends[1], field) : from;
      if (from > to) {
        throw new InvalidValue("the range '%s' runs backwards".formatted(stepped[0]));
      }
      long numbers = 0;
      for (int at = from; at <= to; at += step) {
        numbers |= 1L << at;
      }
      return numbers;
    }

    private int top() {
      return this == WEEKDAY ? 6 : most;
    }

    private int step(String text, String field) {
      if (!text.matches("[1-9]\\d?")) {
        throw refuse(field);
      }
      return Integer.parseInt(text);
    }

    private int number(String text, String field) {
      List<String> known = List.of(names.split(" "));
      int named = text.isEmpty() ? -1 : known.indexOf(text.toUpperCase(Locale.ROOT));
      if (named >= 0) {
        return named + least;
      }
      if (!text.matches("\\d{1,2}")) {
        throw text.matches("[A-Za-z]{2,}") && !names.isEmpty()
            ? new InvalidValue(Words.unknown(words, text, known))
            : refuse(field);
      }
      int number = Integer.parseInt(text);
      if (number < least || number > most) {
        throw new InvalidValue(
            "%d is no %s; it goes from %d to %d".formatted(number, words, least, most));
      }
      return number;
    }

    private InvalidValue refuse(String field) {
      return new InvalidValue(
          "'%s' is no %s; write numbers, ranges (1-5), steps (*/15), lists (1,3) or *"
              .formatted(field, words));
    }
  }

  boolean has(int number) {
    return (numbers & 1L << number) != 0;
  }

  int first() {
    return Long.numberOfTrailingZeros(numbers);
  }

  /** The first number from there on; -1 where there is none. */
  int from(int number) {
    long left = number > 63 ? 0 : numbers & -1L << number;
    return left == 0 ? -1 : Long.numberOfTrailingZeros(left);
  }

  boolean isFull() {
    return numbers == kind.read("*").numbers;
  }
}
