package dev.faultline.model.document;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.faultline.model.environment.EnvironmentSpec;
import java.util.Optional;

/**
 * Which environment an experiment runs in.
 *
 * @param name a document of kind Environment
 * @param inline or the content in place of a name
 */
public record EnvironmentRef(Optional<String> name, Optional<EnvironmentSpec> inline) {

  /** Reads a name. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static EnvironmentRef named(String name) {
    return new EnvironmentRef(Optional.of(name), Optional.empty());
  }

  /** Reads a content. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static EnvironmentRef stated(EnvironmentSpec spec) {
    return new EnvironmentRef(Optional.empty(), Optional.of(spec));
  }

  @JsonValue
  Object written() {
    return name.<Object>map(text -> text).or(() -> inline).orElseThrow();
  }
}
