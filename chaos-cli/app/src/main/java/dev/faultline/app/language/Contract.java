package dev.faultline.app.language;

import dev.faultline.judge.Quantity;
import dev.faultline.judge.Unit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the Javadoc of a key promises in the phrases that this project uses for it: {@code from 1 to
 * 256}, {@code at least 2s}, {@code above 0/s}, {@code 4 when absent}, {@code one of `kill`,
 * `term`}, {@code at least one}, {@code must be given}.
 *
 * @param absent what counts where the key is absent, as it is said
 * @param least the smallest value
 * @param above whether {@code least} itself is too small
 * @param most the largest value
 * @param needed whether the key must be there although its type would let it be absent
 * @param words the only words that are taken, where not all of a kind are
 */
public record Contract(
    Optional<String> absent,
    Optional<Quantity> least,
    boolean above,
    Optional<Quantity> most,
    boolean needed,
    List<String> words) {

  private static final String AMOUNT =
      "(-?\\d+(?:\\.\\d+)?\\s?(?:us|ms|min|s|m|h|d|%|pp|B|Ki|Mi|Gi|Ti|/s|/m|/h)?)(?!\\w)";
  private static final Pattern FROM_TO = Pattern.compile("\\bfrom " + AMOUNT + " to " + AMOUNT);
  private static final Pattern AT_LEAST = Pattern.compile("\\bat least " + AMOUNT);
  private static final Pattern ABOVE = Pattern.compile("\\babove " + AMOUNT);
  private static final Pattern AT_MOST = Pattern.compile("\\bat most " + AMOUNT);
  private static final Pattern ABSENT = Pattern.compile("(?:^|[;,] )`?([^;,`]+?)`? when absent");
  private static final Pattern NEEDED = Pattern.compile("\\b(?:at least one\\b|must be given)");
  private static final Pattern ONE_OF = Pattern.compile("\\bone of ((?:`\\w+`(?:, | or )?)+)");
  private static final Pattern CODE = Pattern.compile("`(\\w+)`");

  /** Keeps the words unchangeable. */
  public Contract {
    words = List.copyOf(words);
  }

  /** Reads the phrases in what is said of a key. */
  static Contract of(String text) {
    Matcher range = FROM_TO.matcher(text);
    boolean ranged = range.find();
    Optional<Quantity> above = first(ABOVE, text);
    return new Contract(
        Optional.of(ABSENT.matcher(text)).filter(Matcher::find).map(said -> said.group(1)),
        ranged ? Optional.of(amount(range.group(1))) : above.or(() -> first(AT_LEAST, text)),
        !ranged && above.isPresent(),
        ranged ? Optional.of(amount(range.group(2))) : first(AT_MOST, text),
        NEEDED.matcher(text).find(),
        ONE_OF
            .matcher(text)
            .results()
            .flatMap(said -> CODE.matcher(said.group(1)).results())
            .map(code -> code.group(1))
            .toList());
  }

  private static Optional<Quantity> first(Pattern pattern, String text) {
    return Optional.of(pattern.matcher(text))
        .filter(Matcher::find)
        .map(found -> amount(found.group(1)));
  }

  private static Quantity amount(String said) {
    return Quantity.parse(said.replace("min", "m").replace(" ", ""));
  }

  /** The unit of which the limits or the value in place of an absent one speak. */
  Optional<Unit> unit() {
    return most.or(() -> least).or(this::absentAmount).map(Quantity::unit);
  }

  /** The value in place of an absent one, where it is a number with its unit. */
  Optional<Quantity> absentAmount() {
    return absent.filter(said -> Pattern.matches(AMOUNT, said)).map(Contract::amount);
  }
}
