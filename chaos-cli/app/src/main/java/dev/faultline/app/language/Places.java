package dev.faultline.app.language;

import dev.faultline.model.codec.Words;
import dev.faultline.model.document.Experiment;
import dev.faultline.model.document.Rollout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Every place of the language, for those who look for a word. Immutable. */
public final class Places {

  private final Language language;
  private final List<Place> all = new ArrayList<>();

  private Places(Language language) {
    this.language = language;
  }

  /** Walks through the language. */
  public static Places of(Language language) {
    Places places = new Places(language);
    language
        .kinds()
        .forEach(
            (_, type) -> {
              String word = Words.wordOf(type);
              Field whole =
                  new Field(
                      word,
                      language.text(type),
                      new Form.Keys(type),
                      false,
                      Contract.of(""),
                      Optional.empty());
              places.all.add(
                  new Place(
                      List.of(word), type.getName(), whole.text(), Optional.of(whole), List.of()));
              places.below(List.of(word), type.getName(), whole.form(), new ArrayDeque<>());
            });
    return places;
  }

  private void below(List<String> path, String id, Form form, Deque<Class<?>> around) {
    switch (form) {
      case Form.Several several -> below(path, id, several.entry(), around);
      case Form.Named named -> below(path, id, named.value(), around);
      case Form.Keys keys -> {
        language.mapping(keys.type()).shorter().stream()
            .filter(shorter -> shorter instanceof Form.OneWord || shorter instanceof Form.Named)
            .forEach(shorter -> below(path, id, shorter, around));
        keys(path, language.spelled(keys.type()), around);
      }
      case Form.Wrapped wrapped ->
          Words.of(wrapped.sealed())
              .forEach((word, type) -> below(with(path, word), id, new Form.Keys(type), around));
      case Form.OneWord words ->
          words.terms().forEach(term -> all.add(term(with(path, term.word()), id, term)));
      case Form.Text _,
          Form.Flag _,
          Form.Whole _,
          Form.Time _,
          Form.Amount _,
          Form.Pair _,
          Form.PortNumber _,
          Form.PortText _,
          Form.Own _ -> {}
    }
  }

  private static Place term(List<String> path, String around, Form.Term term) {
    return new Place(path, around + "=" + term.word(), term.text(), Optional.empty(), List.of());
  }

  private void keys(List<String> path, Mapping mapping, Deque<Class<?>> around) {
    if (around.contains(mapping.type())) {
      return;
    }
    around.push(mapping.type());
    for (Field field : mapping.fields()) {
      List<String> longer = with(path, field.name());
      List<String> beside =
          mapping.choices().stream()
              .filter(choice -> choice.words().contains(field.name()))
              .flatMap(choice -> choice.words().stream())
              .toList();
      String id = mapping.type().getName() + "#" + field.name();
      all.add(new Place(longer, id, field.text(), Optional.of(field), beside));
      below(longer, id, field.form(), around);
    }
    around.pop();
  }

  private static List<String> with(List<String> path, String step) {
    List<String> longer = new ArrayList<>(path);
    longer.add(step);
    return longer;
  }

  /** Every place. */
  public List<Place> all() {
    return List.copyOf(all);
  }

  /**
   * The places that are meant by words separated by dots; what is defined once is there once. A
   * whole path is meant alone, and the end of a path rather than parts of one.
   */
  public List<Place> meant(String typed) {
    List<String> steps = List.of(typed.split("\\."));
    List<Predicate<Place>> closest =
        List.of(
            place -> place.path().equals(steps),
            place -> place.path().size() == steps.size() && place.endsWith(steps),
            place -> place.endsWith(steps),
            place -> place.hasInOrder(steps));
    return closest.stream()
        .map(this::distinct)
        .filter(found -> !found.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private List<Place> distinct(Predicate<Place> meant) {
    Map<String, Place> found = new LinkedHashMap<>();
    all.stream()
        .filter(meant)
        .sorted(Comparator.comparingInt(place -> place.path().size()))
        .forEach(place -> found.putIfAbsent(place.id(), place));
    return found.values().stream()
        .filter(place -> found.values().stream().noneMatch(other -> takenOver(place, other)))
        .toList();
  }

  /** Whether a rollout has it from experiments: there it is explained. */
  private static boolean takenOver(Place place, Place other) {
    List<String> path = place.path();
    return path.getFirst().equals(Words.wordOf(Rollout.class))
        && other.path().getFirst().equals(Words.wordOf(Experiment.class))
        && other.path().subList(1, other.path().size()).equals(path.subList(1, path.size()));
  }

  /** Every word that can be asked for. */
  public List<String> words() {
    TreeSet<String> words = new TreeSet<>();
    all.forEach(place -> words.add(place.path().getLast()));
    return List.copyOf(words);
  }
}
