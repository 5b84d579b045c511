package dev.faultline.model.cluster;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One value of an object that a fault can change; every value is a text. */
public sealed interface ObjectField {

  /** The field in words, such as {@code replicas}. */
  String words();

  /** How many pods a workload wants: {@code spec.replicas}. */
  record Replicas() implements ObjectField {
    @Override
    public String words() {
      return "replicas";
    }
  }

  /** Whether new pods are kept off a node: {@code spec.unschedulable}; {@code true} or absent. */
  record Unschedulable() implements ObjectField {
    @Override
    public String words() {
      return "unschedulable";
    }
  }

  /**
   * The taint of a node with this key and effect; its value may be empty.
   *
   * @param effect {@code NoSchedule}, {@code PreferNoSchedule} or {@code NoExecute}
   */
  record Taint(String key, String effect) implements ObjectField {
    @Override
    public String words() {
      return "taint %s:%s".formatted(key, effect);
    }
  }

  /** A label by which a service selects its pods. */
  record Selects(String label) implements ObjectField {
    @Override
    public String words() {
      return "selector " + label;
    }
  }

  /** The image of a container of a workload's pods. */
  record Image(String container) implements ObjectField {
    @Override
    public String words() {
      return "image of " + container;
    }
  }

  /**
   * How much of a resource a container of a workload's pods may use, or asks for.
   *
   * @param resource {@code cpu} or {@code memory}
   */
  record Amount(String container, Bound bound, String resource) implements ObjectField {
    /** What an amount means. */
    public enum Bound {
      /** More than that is not had. */
      LIMITS,
      /** So much is set aside. */
      REQUESTS;

      /** What it is called in the API. */
      public String word() {
        return name().toLowerCase(Locale.ROOT);
      }
    }

    @Override
    public String words() {
      return "%s.%s of %s".formatted(bound.word(), resource, container);
    }
  }

  /** How a deployment replaces its pods; only read. */
  record Strategy() implements ObjectField {
    @Override
    public String words() {
      return "strategy";
    }
  }

  /**
   * The weights of two backends in every rule of a route that names both, in order: {@code
   * 9000:1000} for each rule, with nothing in the place of one that is not given.
   *
   * @param stable how the route names the one
   * @param canary how it names the other
   */
  record Weights(Of of, String stable, String canary) implements ObjectField {
    /** What the rules of a route lead to. */
    public enum Of {
      /** Services of a rule of an HTTPRoute, by their names. */
      BACKEND_REFS,
      /**
       * Destinations of an HTTP route of a VirtualService, as {@code HOST} or {@code HOST/SUBSET}.
       */
      DESTINATIONS
    }

    @Override
    public String words() {
      return "weights of %s and %s".formatted(stable, canary);
    }
  }

  /**
   * Whether a route has rules that lead to one backend alone for requests with one of some values
   * in a header or a cookie: {@code on}, or absent.
   *
   * @param stable how the route names the backend of all others
   * @param canary how it names the one
   * @param header the name of the header; empty where it is a cookie
   * @param cookie the name of the cookie
   * @param is the values, of which one will do
   * @param others how many other rules lead to the canary alone
   */
  record Matched(
      Weights.Of of,
      String stable,
      String canary,
      Optional<String> header,
      Optional<String> cookie,
      List<String> is,
      int others)
      implements ObjectField {
    /** Keeps the list unchangeable. */
    public Matched {
      is = List.copyOf(is);
    }

    @Override
    public String words() {
      return "rules to %s alone for a %s"
          .formatted(
              canary, header.map(name -> "header " + name).orElse("cookie " + cookie.orElse("")));
    }
  }

  /**
   * Whether every rule of a route that names two backends copies a part of its requests to one of
   * them: {@code on}, or absent.
   *
   * @param stable how the route names the backend that answers
   * @param canary how it names the one that gets copies
   * @param percent of the requests, from 1 to 100
   */
  record Mirrored(Weights.Of of, String stable, String canary, int percent) implements ObjectField {
    @Override
    public String words() {
      return "mirror to " + canary;
    }
  }

  /** One entry of the data of a config map. */
  record Entry(String key) implements ObjectField {
    @Override
    public String words() {
      return "'%s'".formatted(key);
    }
  }
}
