package dev.faultline.app.language;

import dev.faultline.engine.file.Excerpt;
import dev.faultline.engine.file.InvalidFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** For each word the shortest place of the pages about the language that shows it. Immutable. */
public final class Examples {

  private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\\n(.*?)^```");
  private static final Pattern KIND = Pattern.compile("(?m)^kind: (\\w+)");

  private final Map<String, List<String>> texts = new HashMap<>();
  private final Language language;

  private Examples(Language language) {
    this.language = language;
  }

  /** Reads the files that the pages show. */
  public static Examples of(Language language) {
    Examples examples = new Examples(language);
    for (String page : Pages.read()) {
      YAML.matcher(page).results().forEach(block -> examples.add(block.group(1)));
    }
    // What names another fault does not stand alone.
    Comparator<String> alone = Comparator.comparing(text -> text.contains("after:"));
    examples.texts.values().forEach(found -> found.sort(alone.thenComparingInt(String::length)));
    return examples;
  }

  private void add(String file) {
    List<String> kinds = KIND.matcher(file).results().map(kind -> kind.group(1)).toList();
    try {
      for (Excerpt excerpt : Excerpt.of("page", file)) {
        if (excerpt.document() < kinds.size()) {
          Optional.ofNullable(language.kinds().get(kinds.get(excerpt.document())))
              .flatMap(type -> id(type, excerpt.path()))
              .ifPresent(
                  id -> texts.computeIfAbsent(id, _ -> new ArrayList<>()).add(excerpt.text()));
        }
      }
    } catch (InvalidFile shownAsWrong) {
      // A page may show what is refused; it is no example.
      return;
    }
  }

  /** The definition of the key at a path of a document. */
  private Optional<String> id(Class<?> kind, List<String> path) {
    Form form = new Form.Keys(kind);
    String id = "";
    for (String step : path) {
      switch (form) {
        case Form.Several several -> {
          form = several.entry();
          id = "";
        }
        case Form.Named named -> {
          form = named.value();
          id = "";
        }
        case Form.Keys keys -> {
          Mapping mapping = language.spelled(keys.type());
          Optional<Field> field =
              mapping.fields().stream().filter(known -> known.name().equals(step)).findFirst();
          if (field.isEmpty()) {
            return Optional.empty();
          }
          form = field.get().form();
          id = mapping.type().getName() + "#" + step;
        }
        default -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of(id).filter(found -> !found.isEmpty());
  }

  /** The shortest text that shows a definition, and has a word in it where one is wanted. */
  public Optional<String> of(String id, String word) {
    Pattern shown = Pattern.compile("\\b" + Pattern.quote(word) + "\\b");
    return texts.getOrDefault(id, List.of()).stream()
        .filter(text -> shown.matcher(text).find())
        .findFirst();
  }
}
