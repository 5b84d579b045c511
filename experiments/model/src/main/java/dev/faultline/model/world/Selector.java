package dev.faultline.model.world;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.faultline.model.codec.FilledIn;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.codec.Words;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which things a target means, by what they are and what they are called. */
public sealed interface Selector permits Selector.Named, Selector.Link, Selector.Labels, Select {

  /** The names given, of whichever kind. */
  List<String> names();

  /** The selector in words, without its kind. */
  default String words() {
    return String.join(", ", names());
  }

  /** What the names are names of: the word of the language. */
  default String noun() {
    return Words.wordOf(this);
  }

  /** Things of one kind by their names, one or several. */
  sealed interface Named extends Selector permits Service, Process, Database, Netns, ClusterNames {

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
  // The name of the record is the word of the language.
  @SuppressWarnings("AvoidCommonTypeNames")
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

  /**
   * Pods of a Kubernetes cluster by their labels, which may be given as a mapping too.
   *
   * @param selector as {@code kubectl} takes it, such as {@code app=web,tier in (front, edge)}
   */
  record Labels(@FilledIn @JsonValue String selector) implements Selector {
    private static final String KEY = "([a-zA-Z0-9.-]{1,253}/)?[a-zA-Z0-9._-]{1,63}";
    private static final String VALUE = "[a-zA-Z0-9._-]{0,63}";
    private static final Pattern FORM =
        Pattern.compile(
            "%k(\\s*(=|==|!=)\\s*%v|\\s+(in|notin)\\s*\\(\\s*%v(\\s*,\\s*%v)*\\s*\\))?|!%k"
                .replace("%k", KEY)
                .replace("%v", VALUE));

    /** Refuses what is no selector, or would choose everything. */
    public Labels {
      if (selector.isBlank()) {
        throw new InvalidValue("an empty selector would choose every pod");
      }
      for (String part : selector.split(",(?![^(]*\\))", -1)) {
        if (!FORM.matcher(part.strip()).matches()) {
          throw new InvalidValue(
              "'%s' is no selector of labels; write it as {app: web}, or as app=web"
                  .formatted(part.strip()));
        }
      }
    }

    /** Reads a selector in one text. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Labels of(String selector) {
      return new Labels(selector);
    }

    /** Reads labels that a pod must have, all of them. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Labels of(Map<String, String> labels) {
      return new Labels(
          new TreeMap<>(labels)
              .entrySet().stream()
                  .map(label -> label.getKey() + "=" + label.getValue())
                  .collect(Collectors.joining(",")));
    }

    @Override
    public List<String> names() {
      return List.of(selector);
    }
  }
}
