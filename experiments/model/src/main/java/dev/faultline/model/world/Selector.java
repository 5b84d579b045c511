package dev.faultline.model.world;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.faultline.model.codec.FilledIn;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.codec.Words;
import java.util.List;
import java.util.stream.Stream;

/** Which things a target means, by what they are and what they are called. */
public sealed interface Selector {

  /** The names given, of whichever kind. */
  List<String> names();

  /** The selector in words, without its kind. */
  default String words() {
    return String.join(", ", names());
  }

  /** What the names are names of: the word of the language. */
  default String kind() {
    return Words.wordOf(this);
  }

  /** Things of one kind by their names, one or several. */
  sealed interface Named extends Selector {

    /** Other things of the same kind. */
    Named with(List<String> others);

    /** The things of both. */
    default Named and(Named other) {
      return with(Stream.concat(names().stream(), other.names().stream()).distinct().toList());
    }

    /**
     * Names that can be names, each once.
     *
     * @param place what the places of refused names begin with
     * @throws InvalidValue at the place of the first that cannot
     */
    static List<String> checked(List<String> names, String kind, String place) {
      for (int i = 0; i < names.size(); i++) {
        if (!names.get(i).matches("[a-zA-Z0-9][a-zA-Z0-9._-]{0,252}")
            && !(kind.equals("netns") && names.get(i).startsWith("/"))) {
          throw new InvalidValue(
              place + i,
              "'%s' cannot name a %s: letters, digits, '-', '_', '.'"
                  .formatted(names.get(i), kind));
        }
        if (names.indexOf(names.get(i)) < i) {
          throw new InvalidValue(place + i, "'%s' stands here twice".formatted(names.get(i)));
        }
      }
      if (names.isEmpty()) {
        throw new InvalidValue("a name is missing, such as {%s: NAME}".formatted(kind));
      }
      return List.copyOf(names);
    }
  }

  /**
   * Services.
   *
   * @param names their names
   */
  record Service(@FilledIn @JsonValue List<String> names) implements Named {
    /** Refuses what cannot be a name. */
    public Service {
      names = Named.checked(names, "service", "");
    }

    /** Reads one name. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Service of(String name) {
      return new Service(List.of(name));
    }

    /** Reads several names. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Service of(List<String> names) {
      return new Service(names);
    }

    @Override
    public Service with(List<String> others) {
      return new Service(others);
    }
  }

  /**
   * Processes.
   *
   * @param names their names
   */
  record Process(@FilledIn @JsonValue List<String> names) implements Named {
    /** Refuses what cannot be a name. */
    public Process {
      names = Named.checked(names, "process", "");
    }

    /** Reads one name. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Process of(String name) {
      return new Process(List.of(name));
    }

    /** Reads several names. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Process of(List<String> names) {
      return new Process(names);
    }

    @Override
    public Process with(List<String> others) {
      return new Process(others);
    }
  }

  /**
   * Databases.
   *
   * @param names their names
   */
  record Database(@FilledIn @JsonValue List<String> names) implements Named {
    /** Refuses what cannot be a name. */
    public Database {
      names = Named.checked(names, "database", "");
    }

    /** Reads one name. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Database of(String name) {
      return new Database(List.of(name));
    }

    /** Reads several names. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Database of(List<String> names) {
      return new Database(names);
    }

    @Override
    public Database with(List<String> others) {
      return new Database(others);
    }
  }

  /**
   * Network namespaces.
   *
   * @param names names as of {@code ip netns}, or paths
   */
  record Netns(@FilledIn @JsonValue List<String> names) implements Named {
    /** Refuses what cannot be a name. */
    public Netns {
      names = Named.checked(names, "netns", "");
    }

    /** Reads one name. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Netns of(String name) {
      return new Netns(List.of(name));
    }

    /** Reads several names. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Netns of(List<String> names) {
      return new Netns(names);
    }

    @Override
    public Netns with(List<String> others) {
      return new Netns(others);
    }
  }

  /**
   * A link between two.
   *
   * @param ends who talks to whom
   */
  record Link(@FilledIn @JsonValue LinkEnds ends) implements Selector {
    /** Reads the ends. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Link of(LinkEnds ends) {
      return new Link(ends);
    }

    @Override
    public List<String> names() {
      return ends.names().toList();
    }

    @Override
    public String words() {
      return ends.words();
    }
  }
}
