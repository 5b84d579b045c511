package dev.faultline.model.world;

import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.codec.InvalidValue;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Objects of a Kubernetes cluster by what they are like, not by their names. For faults of pods, a
 * workload and a service stand for their pods, as they do by name.
 *
 * @param kind what they are: {@code pod}, {@code deployment}, {@code statefulSet}, {@code
 *     daemonSet}, {@code service}, {@code configMap} or {@code node}; must be given
 * @param labels the labels that they have; needed where {@code fields} is absent
 * @param fields what their fields say, as {@code kubectl --field-selector} takes it, such as {@code
 *     status.phase=Running}; an API server knows few fields of each kind
 */
public record Select(ObjectKind kind, Optional<Selector.Labels> labels, Optional<String> fields)
    implements Selector {

  private static final Set<ObjectKind> KINDS =
      EnumSet.complementOf(EnumSet.of(ObjectKind.HTTP_ROUTE, ObjectKind.VIRTUAL_SERVICE));
  private static final int MOST_FIELDS = 20;
  private static final Pattern FIELD =
      Pattern.compile("[a-zA-Z][a-zA-Z0-9.]{0,252}(=|==|!=)[a-zA-Z0-9./:_-]{0,253}");

  /** Refuses a kind that is no target, and what would choose everything. */
  public Select {
    InvalidValue.required(kind, "kind");
    if (!KINDS.contains(kind)) {
      throw new InvalidValue(
          "kind",
          "a %s is no target; one of %s is"
              .formatted(
                  kind.word(),
                  KINDS.stream().map(ObjectKind::word).collect(Collectors.joining(", "))));
    }
    if (labels.isEmpty() && fields.isEmpty()) {
      throw new InvalidValue(
          "every %s would be chosen; add 'labels', such as app=web, or 'fields', such as metadata.name!=web"
              .formatted(kind.word()));
    }
    fields.ifPresent(Select::checkFields);
  }

  private static void checkFields(String fields) {
    List<String> parts = List.of(fields.split(",", -1));
    for (String part : parts) {
      if (!FIELD.matcher(part.strip()).matches() || parts.size() > MOST_FIELDS) {
        throw new InvalidValue(
            "fields",
            "'%s' is no selector of fields; write it as status.phase=Running, and %d at most, with commas"
                .formatted(part.strip(), MOST_FIELDS));
      }
    }
  }

  @Override
  public String noun() {
    return kind.word();
  }

  @Override
  public List<String> names() {
    return Stream.concat(labels.map(Selector.Labels::selector).stream(), fields.stream()).toList();
  }

  @Override
  public String words() {
    return "with " + String.join(" and ", names());
  }
}
