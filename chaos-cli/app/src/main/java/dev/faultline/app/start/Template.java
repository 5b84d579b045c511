package dev.faultline.app.start;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An experiment and an environment to begin with.
 *
 * @param name what it is called
 * @param summary what it is for
 * @param experiment the file to run
 * @param files all files; each is a resource of this name in the folder of the template
 * @param questions what it wants to know
 */
public record Template(
    String name, String summary, String experiment, List<String> files, List<Question> questions) {

  private static final String OWN_SERVER = "${java} -m jdk.httpserver -b 127.0.0.1 -p ${web.http}";

  private static final Question LAB_COMMAND =
      new Question(
          "command",
          "Program and arguments that start your service; ${web.http} stands for its port",
          OWN_SERVER,
          Question.Kind.COMMAND);

  private static final Question PATH =
      new Question("path", "Path that answers while all is well", "/", Question.Kind.NAME);

  private static final List<Question> LOCAL =
      List.of(
          new Question("service", "Name of your service", "service", Question.Kind.NAME),
          new Question(
              "pidFile",
              "File that holds the number of its process",
              "service.pid",
              Question.Kind.TEXT),
          new Question(
              "address",
              "Address that answers while all is well",
              "http://127.0.0.1:8080/",
              Question.Kind.TEXT),
          new Question(
              "prometheus",
              "Address of a Prometheus that measures it; none where empty",
              "",
              Question.Kind.PROMETHEUS));

  /** Keeps the lists unchangeable. */
  public Template {
    files = List.copyOf(files);
    questions = List.copyOf(questions);
  }

  /** Every template. */
  public static List<Template> all() {
    return List.of(
        new Template(
            "lab",
            "processes that Faultline starts, and ends with the run",
            "crash.yaml",
            List.of("crash.yaml", "lab.yaml"),
            List.of(LAB_COMMAND, PATH)),
        new Template(
            "local",
            "processes that run on this machine already",
            "freeze.yaml",
            List.of("freeze.yaml", "local.yaml"),
            LOCAL),
        new Template(
            "database",
            "a PostgreSQL with its standby, which Faultline starts, and a failover",
            "failover.yaml",
            List.of("failover.yaml", "database.yaml"),
            List.of()),
        new Template(
            "ci",
            "a lab for a pipeline: strict, bounded in time, with JUnit XML",
            "pipeline.yaml",
            List.of("pipeline.yaml", "pipeline-lab.yaml"),
            List.of(LAB_COMMAND, PATH)));
  }

  /** The files by their names, with the answers in them; what is not answered has its fallback. */
  public Map<String, String> filled(Map<String, String> answers) {
    Map<String, String> filled = new LinkedHashMap<>();
    for (String file : files) {
      String text = resource(file);
      for (Question question : questions) {
        String answer = answers.getOrDefault(question.key(), question.fallback());
        text = text.replace("@" + question.key() + "@", question.written(answer));
      }
      filled.put(file, text);
    }
    return filled;
  }

  private static String resource(String file) {
    try (InputStream in = Objects.requireNonNull(Template.class.getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("this installation cannot be read", unreadable);
    }
  }
}
