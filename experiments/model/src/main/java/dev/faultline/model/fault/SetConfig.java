package dev.faultline.model.fault;

import dev.faultline.model.cluster.ObjectField;
import dev.faultline.model.codec.InvalidValue;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Changes one entry of a config map. Pods that have it mounted see it within about a minute, those
 * that read it into their environment when they start anew.
 *
 * @param key which entry; must be given
 * @param value what it is to be; without it the entry is removed
 */
public record SetConfig(String key, Optional<String> value) implements FieldFault {

  private static final int LONGEST = 64 * 1024;

  /** Requires an entry. */
  public SetConfig {
    InvalidValue.required(key, "key");
    if (!key.matches("[A-Za-z0-9._-]{1,253}")) {
      throw new InvalidValue("key", "'%s' cannot be the key of an entry".formatted(key));
    }
    if (value.orElse("").length() > LONGEST) {
      throw new InvalidValue("value", "'value' must have at most 65536 letters");
    }
  }

  @Override
  public ObjectField field() {
    return new ObjectField.Entry(key);
  }

  @Override
  public Duration shownWithin() {
    return Duration.ofSeconds(10);
  }

  @Override
  public Set<String> aims() {
    return Set.of("configMap");
  }

  @Override
  public String words() {
    return value.isEmpty() ? "remove '%s'".formatted(key) : "change '%s'".formatted(key);
  }
}
