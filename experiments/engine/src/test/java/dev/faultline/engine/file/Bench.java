package dev.faultline.engine.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A folder with files, and what becomes of them when they are loaded. */
record Bench(Path folder) {

  private static final ExperimentFiles FILES = new ExperimentFiles();
  static final String FAULT = "  faults: [{kill: {}, target: {service: web}}]\n";

  /** An experiment with a line of its spec for the environment. */
  static String experiment(String name, String environment) {
    return """
    apiVersion: faultline.dev/v1
    kind: Experiment
    metadata: {name: %s}
    spec:
    %s  gates: [{name: up, prometheus: up, above: 0}]
    %s"""
        .formatted(name, environment, FAULT);
  }

  /** An environment; the process in it tells it from others. */
  static String environment(String name, String process) {
    return """
    apiVersion: faultline.dev/v1
    kind: Environment
    metadata: {name: %s}
    spec: {local: {processes: {%s: {pidFile: x.pid}}}}
    """
        .formatted(name, process);
  }

  Bench with(String name, String text) {
    return with(name, text.getBytes(StandardCharsets.UTF_8));
  }

  Bench with(String name, byte[] content) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.resolveSibling("."));
      Files.write(file, content);
      return this;
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  String path(String name) {
    return folder.resolve(name).toString();
  }

  List<LoadedExperiment> load(String name) throws InvalidFile {
    return FILES.load(path(name), Optional.empty());
  }

  List<LoadedExperiment> load(String name, String environment) throws InvalidFile {
    return FILES.load(path(name), Optional.of(environment));
  }

  /** The message, with the folder left out. */
  String refusal(String name) {
    return refusal(() -> load(name));
  }

  String refusal(String name, String environment) {
    return refusal(() -> load(name, environment));
  }

  private String refusal(ThrowingCallable loading) {
    InvalidFile refused = catchThrowableOfType(InvalidFile.class, loading);
    assertThat(refused).as("a refusal").isNotNull();
    Manners.check(refused);
    return String.valueOf(refused.getMessage()).replace(folder + "/", "");
  }
}
