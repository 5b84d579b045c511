package dev.faultline.app.walls;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.faultline.app.walls.Rooms.inside;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.lang.ArchCondition;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** What holds inside the rooms. */
final class Habits {

  private Habits() {}

  static Stream<Wall> walls() {
    return Stream.of(
        pureRoomsTouchNothing(),
        pureRoomsReadNoClockAndNoDice(),
        oneDoor(),
        names(),
        ownExceptions(),
        noStaticState(),
        nullMarked());
  }

  private static final Set<String> HARMLESS =
      Set.of(
          "java.io.Serializable",
          "java.io.IOException",
          "java.io.UncheckedIOException",
          "java.io.StringReader",
          "java.io.StringWriter",
          "java.net.URI",
          "java.net.URISyntaxException",
          "java.util.concurrent.TimeUnit");

  private static Wall pureRoomsTouchNothing() {
    DescribedPredicate<JavaClass> impure =
        resideInAnyPackage(
                "java.io..",
                "java.nio.file..",
                "java.nio.channels..",
                "java.net..",
                "java.sql..",
                "java.util.concurrent..",
                "java.util.logging..",
                "org.slf4j..")
            .or(named("java.lang.Thread", "java.lang.Process", "java.lang.ProcessBuilder"))
            .or(named("java.lang.ProcessHandle", "java.lang.Runtime", "java.lang.System$Logger"));
    return Wall.that(
        "model and judge do no I/O, start no threads, log nothing",
        noClasses()
            .that()
            .resideInAnyPackage(inside("model", "judge"))
            .should()
            .dependOnClassesThat(impure.and(not(describe("harmless", Habits::harmless)))),
        "package dev.faultline.judge; class Wrong { java.nio.file.Path path; }");
  }

  private static boolean harmless(JavaClass type) {
    return HARMLESS.contains(type.getFullName());
  }

  private static Wall pureRoomsReadNoClockAndNoDice() {
    return Wall.that(
        "model and judge are given time and chance",
        noClasses()
            .that()
            .resideInAnyPackage(inside("model", "judge"))
            .should()
            .accessTargetWhere(describe("reads a clock or throws dice", Habits::clockOrDice)),
        "package dev.faultline.model; class Wrong { Object now = java.time.Instant.now(); }");
  }

  private static boolean clockOrDice(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String member = access.getTarget().getName();
    return switch (owner) {
      case "java.lang.System" -> Set.of("currentTimeMillis", "nanoTime").contains(member);
      case "java.lang.Math" -> member.equals("random");
      case "java.util.UUID" -> member.equals("randomUUID");
      case "java.util.Random", "java.util.SplittableRandom" -> unseeded(access);
      case "java.security.SecureRandom" -> true;
      default -> owner.startsWith("java.time.") && member.matches("now|system.*|tick.*");
    };
  }

  private static boolean unseeded(JavaAccess<?> access) {
    return access instanceof JavaConstructorCall call
        && call.getTarget().getRawParameterTypes().isEmpty();
  }

  private static Wall oneDoor() {
    return Wall.that(
        "only app talks to the terminal, reads the surroundings, ends the process",
        noClasses()
            .that(not(resideInAnyPackage(inside("app"))))
            .and(not(describe("programs of the agents", Habits::programOfAgents)))
            .should()
            .accessTargetWhere(describe("uses the door", Habits::door)),
        "package dev.faultline.engine; class Wrong { Object home = System.getenv(\"HOME\"); }");
  }

  private static boolean door(JavaAccess<?> access) {
    Set<String> door = Set.of("out", "err", "in", "exit", "halt", "getenv");
    return Set.of("java.lang.System", "java.lang.Runtime")
            .contains(access.getTargetOwner().getName())
        && door.contains(access.getTarget().getName());
  }

  private static boolean programOfAgents(JavaClass type) {
    return (type.getPackageName().startsWith("dev.faultline.node")
            || type.getPackageName().equals("dev.faultline.load.pod")
            || type.getPackageName().equals("dev.faultline.environment.remote")
            || type.getFullName().equals("dev.faultline.environment.kubernetes.SplitFuse"))
        && type.tryGetMethod("main", String[].class).isPresent();
  }

  private static Wall names() {
    return Wall.that(
        "no drawer is named Util, Utils, Helper or Manager",
        noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager)"),
        "package dev.faultline.model; class StringUtils {}");
  }

  private static Wall ownExceptions() {
    return Wall.that(
        "nothing throws a bare RuntimeException",
        noClasses().should().callConstructorWhere(describe("bare exception", Habits::bare)),
        "package dev.faultline.model; class Wrong { Object o = new RuntimeException(\"?\"); }");
  }

  private static boolean bare(JavaConstructorCall call) {
    JavaClass type = call.getTargetOwner();
    boolean superCall =
        call.getOrigin().isConstructor()
            && call.getOriginOwner().getRawSuperclass().filter(type::equals).isPresent();
    return !superCall
        && named("java.lang.RuntimeException", "java.lang.Exception", "java.lang.Error").test(type);
  }

  private static Wall noStaticState() {
    return Wall.that(
        "static fields are final",
        fields().that().areStatic().and().doNotHaveModifier(SYNTHETIC).should().beFinal(),
        "package dev.faultline.model; class Wrong { static int count; }");
  }

  private static Wall nullMarked() {
    return Wall.that(
        "every package has a @NullMarked package-info",
        classes()
            .should(
                ArchCondition.from(describe("be null-marked by their package", Habits::marked))),
        "package dev.faultline.model.unmarked; class Wrong {}");
  }

  private static boolean marked(JavaClass type) {
    return type.getPackage().isAnnotatedWith(NullMarked.class);
  }

  private static DescribedPredicate<JavaClass> named(String... names) {
    return describe("named " + String.join(", ", names), c -> Set.of(names).contains(c.getName()));
  }
}
