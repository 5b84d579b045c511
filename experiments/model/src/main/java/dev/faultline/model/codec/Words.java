package dev.faultline.model.codec;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The words of the language, read from its types: the permits clause of a sealed type is the
 * registry.
 */
public final class Words {

  private static final int LONGEST = 100;

  private Words() {}

  /** The word of a record in files and journal: its simple name, decapitalised. */
  public static String wordOf(Class<?> type) {
    String name = type.getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  /** The word of a value of a sealed type. */
  public static String wordOf(Object value) {
    return wordOf(value.getClass());
  }

  /**
   * Every word of a sealed type with its record, in the order of the permits clause. A sealed type
   * within it is a family: its words stand in its place.
   */
  public static Map<String, Class<?>> of(Class<?> sealed) {
    Map<String, Class<?>> words = new LinkedHashMap<>();
    for (Class<?> permitted : sealed.getPermittedSubclasses()) {
      if (permitted.isSealed()) {
        words.putAll(of(permitted));
      } else {
        words.put(wordOf(permitted), permitted);
      }
    }
    return words;
  }

  /** The components of a record that are written without a name of their own. */
  static List<RecordComponent> inlined(Class<?> record) {
    return record.isRecord()
        ? Arrays.stream(record.getRecordComponents())
            .filter(component -> component.isAnnotationPresent(OneOf.class))
            .toList()
        : List.of();
  }

  /**
   * The keys that a record knows in a file, the words of its inlined components among them; not
   * those that a loader fills in.
   */
  public static List<String> keysOf(Class<?> record) {
    return Arrays.stream(record.getRecordComponents())
        .filter(component -> !component.isAnnotationPresent(FilledIn.class))
        .flatMap(
            component ->
                component.isAnnotationPresent(OneOf.class)
                    ? of(choiceOf(component)).keySet().stream()
                    : List.of(keyOf(component)).stream())
        .toList();
  }

  /** The sealed type that an inlined component chooses from. */
  public static Class<?> choiceOf(RecordComponent component) {
    return isOptional(component)
        ? (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0]
        : component.getType();
  }

  /** Whether none of the words of an inlined component need be there. */
  public static boolean isOptional(RecordComponent component) {
    return component.getType() == Optional.class;
  }

  private static String keyOf(RecordComponent component) {
    return Optional.ofNullable(component.getAnnotation(Key.class))
        .map(Key::value)
        .orElse(component.getName());
  }

  /**
   * The known word nearest to a mistyped one, when one is near enough to be meant; a word in the
   * wrong case is.
   */
  public static Optional<String> nearest(String typed, Iterable<String> known) {
    String best = null;
    String lower = typed.toLowerCase(Locale.ROOT);
    int distance = Math.max(1, typed.length() / 3) + 1;
    for (String word : known) {
      if (typed.length() > 2 * LONGEST || word.length() > LONGEST) {
        continue;
      }
      int away = editDistance(lower, word.toLowerCase(Locale.ROOT));
      // Letters are left out more often than added: of two as near, the longer one.
      boolean nearer =
          away < distance || (away == distance && best != null && word.length() > best.length());
      if (nearer) {
        distance = away;
        best = word;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Says that a word is not known, which is near, and which there are. */
  public static String unknown(String kind, String typed, Collection<String> known) {
    return "unknown %s '%s'; %s are %s"
        .formatted(
            kind,
            typed.length() > LONGEST ? typed.substring(0, LONGEST) + "…" : typed,
            nearest(typed, known).map("did you mean '%s'? Known"::formatted).orElse("known"),
            String.join(", ", known));
  }

  // Optimal string alignment distance: a swap of neighbours, the commonest slip, counts once.
  private static int editDistance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      cost[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      cost[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1);
        best = Math.min(best, cost[i - 1][j - 1] + change);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        cost[i][j] = swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
      }
    }
    return cost[a.length()][b.length()];
  }
}
