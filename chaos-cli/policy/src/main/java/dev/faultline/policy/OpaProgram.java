package dev.faultline.policy;

import dev.faultline.model.codec.Codec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The program {@code opa}, started for each question; it may take 10 s and say 4 MiB. It is given
 * arguments, never a line for a shell, and its input by a file that nobody else can read.
 *
 * @param command the program, with arguments before its own
 * @param modules files and folders of Rego
 * @param folder where it is started, and paths of modules begin
 */
record OpaProgram(List<String> command, List<String> modules, Path folder) implements Decider {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final long LARGEST = 1 << 22;
  private static final int LONGEST = 500;

  private record Said(int exit, String out, String err) {}

  /**
   * Reads all modules.
   *
   * @throws Undecided when one is none, or there is no such program
   */
  void check() throws Undecided {
    List<String> words = new ArrayList<>(List.of("check"));
    words.addAll(modules);
    Said said = run(words, "");
    if (said.exit() != 0) {
      throw new Undecided(line(said.err().isBlank() ? said.out() : said.err()));
    }
  }

  @Override
  public JsonNode value(String rule, Object input) throws Undecided {
    List<String> words =
        new ArrayList<>(List.of("eval", "--format=json", "--strict-builtin-errors"));
    words.add("--stdin-input");
    modules.forEach(module -> words.add("--data=" + module));
    words.add(rule);
    Said said = run(words, Codec.json().writeValueAsString(input));
    try {
      JsonNode answer = Codec.json().readTree(said.out().isBlank() ? "{}" : said.out());
      if (answer.has("errors") || said.exit() != 0) {
        String why = answer.path("errors").path(0).path("message").asString(said.err());
        throw new Undecided(line(why));
      }
      return answer.path("result").path(0).path("expressions").path(0).path("value");
    } catch (JacksonException senseless) {
      throw new Undecided(line("%s says no JSON: %s".formatted(command.getFirst(), said.out())));
    }
  }

  private Said run(List<String> words, String input) throws Undecided {
    List<String> whole = new ArrayList<>(command);
    whole.addAll(words);
    try {
      Path own = Files.createTempDirectory("faultline-opa");
      try {
        return run(whole, Files.writeString(own.resolve("in"), input), own);
      } finally {
        remove(own);
      }
    } catch (IOException failure) {
      throw new Undecided(
          "%s cannot be run: %s; install it, or name it as 'program'"
              .formatted(command.getFirst(), line(String.valueOf(failure.getMessage()))));
    }
  }

  private Said run(List<String> words, Path in, Path own) throws IOException, Undecided {
    Path out = own.resolve("out");
    Path err = own.resolve("err");
    Process process =
        new ProcessBuilder(words)
            .directory(folder.toAbsolutePath().toFile())
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        throw new Undecided("%s did not end within 10 s".formatted(command.getFirst()));
      }
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
      throw new Undecided("interrupted");
    } finally {
      process.destroyForcibly();
    }
    return new Said(process.exitValue(), text(out), text(err));
  }

  private String text(Path file) throws IOException, Undecided {
    if (Files.size(file) > LARGEST) {
      throw new Undecided("%s says more than 4 MiB".formatted(command.getFirst()));
    }
    return Files.readString(file);
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(one);
      }
    }
  }

  private static String line(String said) {
    String line = said.replaceAll("\\s+", " ").strip();
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
