package dev.faultline.app;

import dev.faultline.app.language.Examples;
import dev.faultline.app.language.Field;
import dev.faultline.app.language.Form;
import dev.faultline.app.language.FormWords;
import dev.faultline.app.language.Language;
import dev.faultline.app.language.Mapping;
import dev.faultline.app.language.Place;
import java.util.List;
import java.util.Optional;

/** A word of the language on the terminal. */
final class ExplainView {

  private static final int LONGEST_KEY = 22;

  private final Page out;
  private final FormWords words;
  private final Examples examples;

  ExplainView(Page out, Language language, Examples examples) {
    this.out = out;
    this.words = new FormWords(language);
    this.examples = examples;
  }

  /** All about one place, and where else its word stands. */
  void print(Place place, List<Place> found) {
    out.line(out.in(Style.BOLD, place.words()));
    List<Mapping> mapping =
        place.field().map(field -> words.mapping(field.form())).orElse(List.of());
    text(place.text());
    mapping.stream()
        .map(Mapping::text)
        .filter(text -> !text.equals(place.text()))
        .forEach(this::text);
    if (place.beside().size() > 1) {
      out.line("");
      out.wrapped("  One of: ", String.join(", ", place.beside()));
    }
    place.field().ifPresent(field -> value(place, field));
    mapping.stream().filter(known -> !known.fields().isEmpty()).forEach(this::keys);
    example(place)
        .ifPresent(
            text -> {
              head("Example");
              text.lines().forEach(line -> out.line("    " + line));
            });
    List<Place> others = found.stream().filter(other -> !other.equals(place)).toList();
    if (!others.isEmpty()) {
      head("Called so too");
      others.forEach(other -> out.line("    " + other.words()));
    }
  }

  private void text(String text) {
    if (!text.isEmpty()) {
      out.wrapped("  ", said(text));
    }
  }

  /** A text of Javadoc as a sentence for people. */
  private static String said(String text) {
    String plain = text.replace("`", "");
    String full = plain.endsWith(".") ? plain : plain + ".";
    return Character.toUpperCase(full.charAt(0)) + full.substring(1);
  }

  private void head(String title) {
    out.line("");
    out.line("  " + out.in(Style.BOLD, title));
  }

  private void value(Place place, Field field) {
    if (place.path().size() > 1) {
      out.line("");
      out.wrapped("  Value: ", words.of(field));
    }
    List<Form.Term> terms = words.terms(field.form());
    if (!terms.isEmpty()) {
      head("Words");
      int width = widest(terms.stream().map(Form.Term::word).toList());
      terms.forEach(term -> row(term.word(), width, said(term.text())));
    }
  }

  private void keys(Mapping mapping) {
    head("Keys");
    int width = widest(mapping.fields().stream().map(Field::name).toList());
    for (Field field : mapping.fields()) {
      if (field.word().isEmpty()) {
        row(field.name(), width, words.of(field));
        row("", width, said(field.text()));
      }
    }
    for (Mapping.Choice choice : mapping.choices()) {
      head("One of these (%s)".formatted(choice.part()));
      mapping.fields().stream()
          .filter(field -> choice.words().contains(field.name()))
          .forEach(field -> row(field.name(), width, sentence(field.text())));
    }
  }

  private static int widest(List<String> names) {
    return Math.min(LONGEST_KEY, names.stream().mapToInt(String::length).max().orElse(0));
  }

  private void row(String name, int width, String text) {
    if (name.isEmpty() && text.length() < 2) {
      return;
    }
    out.wrapped(("    %-" + Math.max(1, width) + "s  ").formatted(name), text);
  }

  private Optional<String> example(Place place) {
    String word = place.path().getLast();
    return examples.of(place.id(), word).or(() -> examples.of(place.around(), word));
  }

  /** The first sentence. */
  static String sentence(String text) {
    String full = said(text.isEmpty() ? "-" : text);
    int end = full.indexOf(". ");
    return end < 0 ? full : full.substring(0, end + 1);
  }

  /** Several places for a person to choose from. */
  void choose(String typed, List<Place> places) {
    out.line("'%s' stands in %d places:".formatted(typed, places.size()));
    for (Place place : places) {
      out.line("");
      out.line("  faultline explain " + out.in(Style.BOLD, place.words()));
      out.wrapped("      ", sentence(place.text()));
    }
  }

  /** Every kind, fault, signal and so on. */
  void overview(Language language, List<Place> all) {
    out.line("The language of Faultline's files. 'faultline explain WORD' tells more.");
    head("Kinds of documents");
    language
        .kinds()
        .values()
        .forEach(type -> row(type.getSimpleName(), LONGEST_KEY, sentence(language.text(type))));
    all.stream()
        .filter(place -> place.beside().size() > 1 && place.path().size() < 6)
        .filter(place -> place.path().getLast().equals(place.beside().getFirst()))
        .filter(
            place ->
                !place.path().contains("environment")
                    || place.path().getFirst().equals("environment"))
        .forEach(first -> group(first, all));
  }

  private void group(Place first, List<Place> all) {
    List<String> around = first.path().subList(0, first.path().size() - 1);
    head(
        "%s: %s"
            .formatted(String.join(".", around), first.field().flatMap(Field::word).orElse("")));
    all.stream()
        .filter(place -> place.beside().equals(first.beside()))
        .filter(place -> place.path().size() == first.path().size())
        .filter(place -> place.path().subList(0, around.size()).equals(around))
        .forEach(place -> row(place.path().getLast(), LONGEST_KEY, sentence(place.text())));
  }
}
