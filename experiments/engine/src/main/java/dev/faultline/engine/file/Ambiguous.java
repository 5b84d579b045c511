package dev.faultline.engine.file;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Texts without quotes that readers of YAML read differently. */
final class Ambiguous {

  private static final Set<String> BOOLEANS_OF_YAML_1_1 =
      Set.of("y", "n", "yes", "no", "on", "off");

  private static final int LONGEST_NUMBER = 40;
  private static final Pattern DIGITS = Pattern.compile("[-+]?[\\d_.]+(?:[eE][-+]?[\\d_]+)?");

  private static final Pattern NUMBER_OF_A_KIND =
      Pattern.compile(
          "\\+\\d[\\d_]*" // +5
              + "|[-+]?0\\d[\\d_]*" // 010, octal or not
              + "|[-+]?0[box][\\da-fA-F_]+" // 0x1F
              + "|[-+]?\\d+(?:_+\\d*)+" // 1_000
              + "|[-+]?\\d+(?::[0-5]?\\d){1,3}" // 1:30, base 60
              + "|[-+]?(?:\\d+\\.?|\\d*\\.\\d+)[eE][-+]?\\d+" // 1e3
              + "|[-+]?(?:\\.\\d+|\\d+\\.)" // .5
              + "|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");

  private Ambiguous() {}

  /** Why a text needs quotes, when it does. */
  static Optional<String> problem(String plain) {
    String lower = plain.length() > 5 ? "" : plain.toLowerCase(Locale.ROOT);
    if (BOOLEANS_OF_YAML_1_1.contains(lower)) {
      return Optional.of(
          "other readers of YAML take %s for a boolean; write \"%s\" in quotes, or true or false"
              .formatted(plain, plain));
    }
    if (!plain.equals(lower) && (lower.equals("true") || lower.equals("false"))) {
      return Optional.of(
          "some readers of YAML take %s for a boolean; write \"%s\" in quotes, or %s"
              .formatted(plain, plain, lower));
    }
    if (plain.equals("~") || (!plain.equals(lower) && lower.equals("null"))) {
      return Optional.of(
          "readers of YAML take %s for no value; leave the key out, or write \"%s\" in quotes"
              .formatted(plain, plain));
    }
    if (plain.isEmpty() || "+-.0123456789".indexOf(plain.charAt(0)) < 0) {
      return Optional.empty();
    }
    if (plain.length() > LONGEST_NUMBER && DIGITS.matcher(plain).matches()) {
      return Optional.of("this is too long for a number; put it in quotes where it is a text");
    }
    if (plain.length() <= LONGEST_NUMBER && NUMBER_OF_A_KIND.matcher(plain).matches()) {
      return Optional.of(
          "readers of YAML differ on what number %s is; write it in plain digits, or in quotes"
              .formatted(plain));
    }
    return Optional.empty();
  }
}
