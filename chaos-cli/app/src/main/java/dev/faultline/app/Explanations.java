package dev.faultline.app;

import dev.faultline.app.language.Examples;
import dev.faultline.app.language.Language;
import dev.faultline.app.language.Place;
import dev.faultline.app.language.Places;
import dev.faultline.model.codec.Words;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what is to be explained. Apart from its command, which every start looks at. */
final class Explanations {

  private final Page out;
  private final Language language = Language.read();
  private final Places places = Places.of(language);

  Explanations(Page out) {
    this.out = out;
  }

  /**
   * Explains a word; all of them in short where there is none.
   *
   * @param list whether only the paths are wanted
   */
  void print(Optional<String> word, boolean list) throws UsageError {
    if (list) {
      places.all().stream().map(Place::words).distinct().forEach(out::line);
      return;
    }
    ExplainView view = new ExplainView(out, language, Examples.of(language));
    if (word.isEmpty()) {
      view.overview(language, places.all());
      return;
    }
    List<Place> found = places.meant(word.get());
    if (found.isEmpty()) {
      throw unknown(word.get());
    }
    Optional<Place> meant = chosen(found);
    if (meant.isPresent()) {
      view.print(meant.get(), found);
    } else {
      view.choose(word.get(), found);
    }
  }

  /** Who types {@code kill} means the fault, not the words of a key that are called so too. */
  private static Optional<Place> chosen(List<Place> found) {
    List<Place> keys = found.stream().filter(place -> place.field().isPresent()).toList();
    List<Place> words = keys.stream().filter(place -> place.beside().size() > 1).toList();
    return Stream.of(words, keys, found)
        .filter(some -> some.size() == 1)
        .findFirst()
        .map(List::getFirst);
  }

  private UsageError unknown(String typed) {
    String last = typed.substring(typed.lastIndexOf('.') + 1);
    return new UsageError(
        "no word of the language is called '%s'".formatted(typed),
        "",
        Words.nearest(last, places.words())
                .filter(near -> !near.equals(last))
                .map("did you mean '%s'? "::formatted)
                .orElse("")
            + "see 'faultline explain'");
  }
}
