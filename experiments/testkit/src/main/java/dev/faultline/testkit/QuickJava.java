package dev.faultline.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * Starts a program that tests start hundreds of times: with an archive of the classes that it
 * needs, for which its class path must be of jars alone, a start takes half the processor's time.
 *
 * @param command all words up to the arguments of the program
 */
public record QuickJava(List<String> command) {

  /** Keeps the list unchangeable. */
  public QuickJava {
    command = List.copyOf(command);
  }

  /**
   * Prepares starts, by one that may take its whole course.
   *
   * @param folder for jars and archive
   * @param arguments of that start, which must end by itself
   * @param input what it is told; then its input ends
   * @throws IOException when no archive comes of it, with what it said
   */
  public static QuickJava of(Path folder, Class<?> program, List<String> arguments, String input)
      throws IOException, InterruptedException {
    String classPath = String.join(File.pathSeparator, jars(folder));
    Path archive = folder.resolve("classes.jsa");
    List<String> learns = words("-XX:ArchiveClassesAtExit=" + archive, classPath, program);
    Process practice =
        new ProcessBuilder(with(learns, arguments)).redirectErrorStream(true).start();
    try (Writer told = practice.outputWriter(UTF_8)) {
      told.write(input);
    }
    String said = new String(practice.getInputStream().readAllBytes(), UTF_8);
    if (practice.waitFor() != 0 || !Files.exists(archive)) {
      throw new IOException("no archive of its classes: " + said);
    }
    return new QuickJava(words("-XX:SharedArchiveFile=" + archive, classPath, program));
  }

  /** It with such arguments, not started yet. */
  public ProcessBuilder with(List<String> arguments) {
    return new ProcessBuilder(with(command, arguments));
  }

  private static List<String> words(String archive, String classPath, Class<?> program) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        archive,
        "-Xlog:disable",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        classPath,
        program.getName());
  }

  private static List<String> with(List<String> words, List<String> more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(more);
    return all;
  }

  private static List<String> jars(Path folder) {
    ToolProvider jar = ToolProvider.findFirst("jar").orElseThrow();
    List<String> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (Files.isDirectory(Path.of(entry))) {
        Path made = folder.resolve(jars.size() + ".jar");
        StringWriter said = new StringWriter();
        PrintWriter words = new PrintWriter(said);
        if (jar.run(words, words, "-cf", made.toString(), "-C", entry, ".") != 0) {
          throw new IllegalStateException("no jar of %s: %s".formatted(entry, said));
        }
        jars.add(made.toString());
      } else {
        jars.add(entry);
      }
    }
    return jars;
  }
}
