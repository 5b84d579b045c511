package dev.faultline.environment.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.environment.lives.Deadline;
import dev.faultline.environment.lives.Lives;
import dev.faultline.environment.lives.Tools;
import dev.faultline.model.world.NotReady;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrometheusProgramTest {

  private static final String ABSENT = "no-such-prometheus";

  private final Lives lives = new Lives();
  private final Queue<String> progress = new ConcurrentLinkedQueue<>();
  private final AtomicInteger fetched = new AtomicInteger();

  @TempDir private Path folder;

  @AfterEach
  void end() throws InterruptedException {
    lives.end();
  }

  private PrometheusProgram program(String onPath, PrometheusSource... sources) {
    return new PrometheusProgram(
        onPath, List.of(sources), cache(), new Tools(lives, folder), progress::add);
  }

  private Path cache() {
    return folder.resolve("cache");
  }

  private static Path script(Path file, String version) throws IOException {
    Files.writeString(
        file, "#!/bin/sh\necho 'prometheus, version %s (branch: x)'\n".formatted(version));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private PrometheusSource working(String name) {
    return source(name, "2.53.1");
  }

  private PrometheusSource source(String name, String version) {
    return new PrometheusSource() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String announcement() {
        return "fetching " + name;
      }

      @Override
      public void fetch(Path target, Tools tools, Deadline deadline) throws IOException {
        fetched.incrementAndGet();
        if (version.isEmpty()) {
          throw new IOException("the mirror is away");
        }
        script(target.resolve("prometheus"), version);
      }
    };
  }

  @Test
  void the_program_on_the_path_is_preferred() throws Exception {
    String mine = script(folder.resolve("mine"), "3.1.0").toString();

    assertThat(program(mine, working("debian")).find()).isEqualTo(mine);
    assertThat(progress).isEmpty();
  }

  @Test
  void a_program_that_is_too_old_is_passed_over() throws Exception {
    String old = script(folder.resolve("old"), "1.8.2").toString();

    assertThat(program(old, working("debian")).find())
        .isEqualTo(cache().resolve("debian/prometheus").toString());
  }

  @Test
  void what_was_fetched_is_kept() throws Exception {
    String first = program(ABSENT, working("debian")).find();
    String second = program(ABSENT, working("debian")).find();

    assertThat(first).isEqualTo(second).isEqualTo(cache().resolve("debian/prometheus").toString());
    assertThat(fetched).hasValue(1);
    assertThat(progress)
        .satisfiesExactly(
            words -> assertThat(words).isEqualTo("fetching debian"),
            words -> assertThat(words).startsWith("prometheus 2.53.1 fetched in "));
  }

  @Test
  void what_is_broken_in_the_cache_is_fetched_again() throws Exception {
    String file = program(ABSENT, working("debian")).find();
    Files.writeString(Path.of(file), "#!/bin/sh\nexit 1\n");

    program(ABSENT, working("debian")).find();

    assertThat(fetched).hasValue(2);
    assertThat(Files.readString(Path.of(file))).contains("2.53.1");
  }

  @Test
  void two_runs_at_once_fetch_it_once() throws Exception {
    FutureTask<String> other = new FutureTask<>(() -> program(ABSENT, working("debian")).find());
    Thread.ofPlatform().start(other);

    assertThat(program(ABSENT, working("debian")).find()).isEqualTo(other.get());
    assertThat(fetched).hasValue(1);
  }

  @Test
  void the_next_source_helps_when_one_fails() throws Exception {
    assertThat(program(ABSENT, source("debian", ""), working("release")).find())
        .isEqualTo(cache().resolve("release/prometheus").toString());
  }

  @Test
  void leftovers_of_runs_that_died_are_removed() throws Exception {
    Path leftover = Files.createDirectories(cache().resolve(".new-1/apt"));

    program(ABSENT, source("debian", ""), working("release")).find();

    assertThat(leftover).doesNotExist();
    assertThat(cache()).isDirectoryNotContaining("glob:**/.new-*");
  }

  @Test
  void when_there_is_none_all_ways_out_are_told() {
    assertThatThrownBy(() -> program(ABSENT, source("debian", "")).find())
        .isInstanceOf(NotReady.class)
        .hasMessage(
            """
            the lab needs Prometheus, and there is none:
              '%s' on the PATH: no executable program '%s'
              debian: the mirror is away
            Any of these helps: install Prometheus 2 or newer so that 'prometheus' is on the PATH; \
            put its program at %s; let apt-get reach a mirror with the package 'prometheus'"""
                .formatted(ABSENT, ABSENT, cache().resolve("debian/prometheus")));
    assertThat(cache()).isDirectoryContaining("glob:**/lock");
  }
}
