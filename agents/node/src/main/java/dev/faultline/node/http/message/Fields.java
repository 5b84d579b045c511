package dev.faultline.node.http.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Header fields in the order in which they were sent. Names are found in any case. */
public record Fields(List<Field> all) {

  public static final Fields NONE = new Fields(List.of());

  public Fields {
    all = List.copyOf(all);
  }

  public Optional<String> first(String name) {
    for (Field field : all) {
      if (field.isNamed(name)) {
        return Optional.of(field.value());
      }
    }
    return Optional.empty();
  }

  /** The values of all fields of that name. */
  public List<String> values(String name) {
    List<String> values = new ArrayList<>(1);
    for (Field field : all) {
      if (field.isNamed(name)) {
        values.add(field.value());
      }
    }
    return values;
  }

  /** The members of the comma-separated lists under that name, in lower case. */
  public List<String> tokens(String name) {
    List<String> values = values(name);
    if (values.isEmpty()) {
      return values;
    }
    return values.stream()
        .flatMap(value -> Stream.of(value.split(",")))
        .map(token -> token.strip().toLowerCase(Locale.ROOT))
        .filter(token -> !token.isEmpty())
        .toList();
  }

  public boolean has(String name) {
    return all.stream().anyMatch(field -> field.isNamed(name));
  }

  public Fields without(List<String> names) {
    return new Fields(
        all.stream().filter(field -> names.stream().noneMatch(field::isNamed)).toList());
  }

  public Fields plus(String name, String value) {
    return new Fields(Stream.concat(all.stream(), Stream.of(new Field(name, value))).toList());
  }

  /** With this value alone under that name. */
  public Fields with(String name, String value) {
    return without(List.of(name)).plus(name, value);
  }
}
