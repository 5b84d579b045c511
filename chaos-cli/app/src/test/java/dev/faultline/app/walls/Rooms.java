package dev.faultline.app.walls;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who may use whom: the arrows of the design. Who may use a room may use the words of the rooms
 * below it.
 */
final class Rooms {

  private Rooms() {}

  static Stream<Wall> walls() {
    return Stream.of(
            List.of(
                room("judge").uses().butNot("model"),
                room("model").uses("judge").butNot("engine"),
                room("engine").uses("model", "judge").butNot("environment"),
                room("testkit").uses("engine", "model", "judge").butNot("app"),
                room("node").uses().butNot("model"),
                room("load").uses().butNot("model"),
                room("junit").uses("node").butNot("model"),
                room("environment").uses("model", "judge", "node", "load").butNot("engine"),
                room("canary").uses("engine", "model", "judge").butNot("environment"),
                room("reports").uses("model", "judge").butNot("environment"),
                room("gameday").uses("engine", "model", "judge").butNot("environment"),
                room("operator")
                    .uses("engine", "environment", "gameday", "model", "judge")
                    .butNot("canary"),
                room("policy").uses("engine", "model", "judge").butNot("environment"),
                room("serve")
                    .uses("engine", "gameday", "reports", "model", "judge")
                    .butNot("environment"),
                app()),
            List.of(
                library("okhttp3", "environment", "okhttp3.Call"),
                library("org.apache.hc", "load", "org.apache.hc.core5.http.ClassicHttpRequest"),
                library("freemarker", "reports", "freemarker.template.Template"),
                library("org.quartz", "gameday", "org.quartz.Scheduler"),
                library("biweekly", "gameday", "biweekly.ICalendar"),
                library("dev.cel", "policy", "dev.cel.compiler.CelCompiler"),
                library("picocli", "app", "picocli.CommandLine"),
                library("org.junit", "junit", "org.junit.jupiter.api.extension.Extension"),
                library(
                    "tools.jackson.dataformat.yaml",
                    "engine",
                    "tools.jackson.dataformat.yaml.YAMLMapper")),
            List.of(nodeNeedsNothing(), noCycles()))
        .flatMap(List::stream);
  }

  private static Wall app() {
    return room("app")
        .uses(
            "engine",
            "canary",
            "environment",
            "reports",
            "gameday",
            "policy",
            "serve",
            "operator",
            "model",
            "judge",
            "node")
        .butNot("testkit");
  }

  private record Room(String name, List<String> used) {

    Room uses(String... others) {
      return new Room(name, List.of(others));
    }

    /** The wall, shown to stop a use of that room. */
    Wall butNot(String forbidden) {
      String[] packages =
          Stream.concat(Stream.of(name), used.stream()).map(Rooms::inside).toArray(String[]::new);
      return Wall.that(
          name + " uses " + (used.isEmpty() ? "no other room" : "only " + String.join(", ", used)),
          classes()
              .that()
              .resideInAPackage(inside(name))
              .should()
              .onlyDependOnClassesThat(
                  resideOutsideOfPackage("dev.faultline..").or(resideInAnyPackage(packages))),
          "package dev.faultline.%s; public class Used {}".formatted(forbidden),
          field(name, "dev.faultline." + forbidden + ".Used"));
    }
  }

  private static Room room(String name) {
    return new Room(name, List.of());
  }

  private static Wall library(String library, String room, String type) {
    return Wall.that(
        library + " is used only in " + room,
        noClasses()
            .that()
            .resideOutsideOfPackage(inside(room))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(library + ".."),
        field("model", type));
  }

  private static Wall nodeNeedsNothing() {
    return Wall.that(
        "node runs on a bare JDK",
        classes()
            .that()
            .resideInAPackage(inside("node"))
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(
                    "java..", "javax..", "jdk..", "com.sun..", "org.jspecify..", inside("node"))),
        field("node", "org.HdrHistogram.Histogram"));
  }

  private static Wall noCycles() {
    return Wall.that(
        "no packages depend on each other in a circle",
        slices().matching("dev.faultline.(**)").should().beFreeOfCycles(),
        "package dev.faultline.model.a; public class A { dev.faultline.model.b.B b; }",
        "package dev.faultline.model.b; public class B { dev.faultline.model.a.A a; }");
  }

  static String inside(String room) {
    return "dev.faultline." + room + "..";
  }

  static String[] inside(String... rooms) {
    return Arrays.stream(rooms).map(Rooms::inside).toArray(String[]::new);
  }

  private static String field(String room, String type) {
    return "package dev.faultline.%s; class Wrong { %s field; }".formatted(room, type);
  }
}
