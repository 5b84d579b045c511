package dev.faultline.app.walls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Keeps the rooms of the design apart: every room is on the class path of this one. */
@Execution(ExecutionMode.CONCURRENT)
final class ArchitectureTest {

  @TempDir Path scratch;

  private static Stream<Wall> walls() {
    return Stream.concat(Rooms.walls(), Habits.walls());
  }

  @TestFactory
  Stream<DynamicTest> ourCodeKeepsTheWalls() {
    JavaClasses ours =
        new ClassFileImporter()
            .withImportOption(new DoNotIncludeTests())
            .importPackages("dev.faultline");
    return walls().map(wall -> dynamicTest(wall.promise(), () -> wall.rule().check(ours)));
  }

  @TestFactory
  Stream<DynamicTest> eachWallStopsWhatBreaksIt() {
    return walls().map(wall -> dynamicTest(wall.promise(), () -> assertStops(wall)));
  }

  private void assertStops(Wall wall) throws java.io.IOException {
    Path folder = Files.createTempDirectory(scratch, "broken");
    JavaClasses broken = Snippet.compile(wall.broken(), folder);
    assertThat(wall.rule().evaluate(broken).hasViolation()).isTrue();
  }

  @Test
  void everyRoomIsSeen() {
    assertThat(new ClassFileImporter().importPackages("dev.faultline"))
        .extracting(type -> type.getPackageName().split("\\.")[2])
        .contains(
            "judge",
            "model",
            "engine",
            "testkit",
            "node",
            "junit",
            "environment",
            "canary",
            "reports",
            "gameday",
            "policy",
            "app");
  }

  @Test
  void noFileOrMethodIsTooLong() {
    List<Path> paths = Sources.ofCheckout();
    assertThat(paths).isNotEmpty();
    assertThat(Sources.tooLong(Sources.read(paths))).isEmpty();
  }

  @Test
  void aLongFileAndALongMethodAreFound() {
    String text = "class Long { void run() {%s} %s}".formatted("\n".repeat(40), "\n".repeat(360));
    assertThat(Sources.tooLong(List.of(new Snippet(text))))
        .satisfiesExactly(
            file -> assertThat(file).contains("file has 401 lines"),
            method -> assertThat(method).contains("method run has 41 lines"));
  }
}
