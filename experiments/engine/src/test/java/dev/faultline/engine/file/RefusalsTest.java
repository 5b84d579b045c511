package dev.faultline.engine.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each case beside this test takes something out of a whole file ({@code -}), puts something in its
 * place ({@code +}), and gives the message to the letter ({@code !}). A case that takes nothing out
 * is a file of its own.
 */
final class RefusalsTest {

  private static final ExperimentFiles FILES = new ExperimentFiles();

  @TempDir Path folder;

  private record Case(String title, String out, String in, String message) {

    static Case of(String text) {
      List<String> lines = text.lines().toList();
      return new Case(lines.getFirst(), lines(lines, "- "), lines(lines, "+ "), lines(lines, "! "));
    }

    private static String lines(List<String> all, String mark) {
      return String.join(
          "\n",
          all.stream()
              .skip(1)
              .filter(line -> line.startsWith(mark))
              .map(line -> line.substring(mark.length()))
              .toList());
    }

    String file(String whole) {
      assertThat(whole).contains(out);
      int at = whole.indexOf(out);
      return out.isEmpty() ? in : whole.substring(0, at) + in + whole.substring(at + out.length());
    }
  }

  @TestFactory
  Stream<DynamicTest> keys() throws IOException {
    return cases("keys.txt");
  }

  @TestFactory
  Stream<DynamicTest> missingParts() throws IOException {
    return cases("missing.txt");
  }

  @TestFactory
  Stream<DynamicTest> types() throws IOException {
    return cases("types.txt");
  }

  @TestFactory
  Stream<DynamicTest> values() throws IOException {
    return cases("values.txt");
  }

  @TestFactory
  Stream<DynamicTest> yaml() throws IOException {
    return cases("yaml.txt");
  }

  @Test
  void theWholeFileIsTaken() throws Exception {
    Path file = Files.writeString(folder.resolve("whole.yaml"), resource("whole.yaml"));

    assertThat(new ExperimentFiles().load(file.toString(), Optional.empty())).hasSize(1);
  }

  private Stream<DynamicTest> cases(String resource) throws IOException {
    String whole = resource("whole.yaml");
    return Arrays.stream(resource(resource).split("(?m)^== "))
        .filter(text -> !text.isBlank())
        .map(Case::of)
        .map(one -> dynamicTest(one.title(), () -> check(one, whole)));
  }

  private void check(Case one, String whole) throws IOException {
    String text = one.file(whole);
    Path file = Files.writeString(folder.resolve("experiment.yaml"), text);

    InvalidFile refusal =
        catchThrowableOfType(
            InvalidFile.class, () -> FILES.load(file.toString(), Optional.empty()));

    assertThat(refusal).as("a refusal").isNotNull();
    assertThat(String.valueOf(refusal.getMessage()).replace(folder + "/", ""))
        .isEqualToNormalizingNewlines(one.message());
    Manners.check(refusal);
  }

  static String resource(String name) throws IOException {
    try (InputStream in = RefusalsTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
