package dev.faultline.environment.hands;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.Await;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.world.Action.RunCommand;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Query.CommandStatus;
import dev.faultline.node.ProcessIdentity;
import dev.faultline.node.ProcessState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {

  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir private Path folder;
  @AutoClose private final Victims victims = new Victims();
  @AutoClose private Hands hands;

  @BeforeEach
  void open() {
    hands = Victims.hands(Victims.place(folder, "run-1"));
  }

  @Test
  void argumentsArriveAsTheyAre() throws Exception {
    List<String> nasty =
        List.of(
            "$(touch injected)",
            "`touch injected`",
            "; touch injected",
            "&& touch injected",
            "| touch injected",
            "> injected",
            "*",
            "~",
            "$HOME",
            "\"",
            "'",
            "\\",
            "",
            " ",
            "a b",
            "a\nb",
            "\t",
            "-n",
            "--",
            "--help",
            "%s",
            "!",
            "#",
            "\u00e4\u4e16\ud83d\ude00");
    List<String> argv = new ArrayList<>(List.of("printf", "[%s]"));
    argv.addAll(nasty);

    assertThat(ask(argv))
        .isEqualTo(
            new Answer.Exited(0, String.join("", nasty.stream().map(x -> "[" + x + "]").toList())));
    assertThat(folder.resolve("injected")).doesNotExist();
  }

  @Test
  void placeholdersAreReplacedInEveryArgument() {
    assertThat(ask(List.of("echo", "a=${port}", "${port}")))
        .isEqualTo(new Answer.Exited(0, "a=8080 8080\n"));
  }

  @Test
  void aPlaceholderThatStandsForNothingIsAFailure() {
    assertThat(run(List.of("echo", "${nothing}")))
        .isEqualTo(new Effect.Failed("cannot run echo: ${nothing} stands for nothing"));
  }

  @Test
  void aProgramFindsItsRunItsLabAndItsFolderButNoInput() {
    assertThat(
            ask(
                List.of(
                    "sh", "-c", "echo \"$FAULTLINE_RUN/$FAULTLINE_LAB\"; pwd -P; cat; echo end")))
        .isEqualTo(new Answer.Exited(0, "run-1/the lab\n" + real(folder) + "\nend\n"));
  }

  @Test
  void theExitCodeAndTheLastLineTellWhatFailed() {
    List<String> failing = List.of("sh", "-c", "echo one; echo 'no\033[31m such' >&2; exit 3");

    assertThat(run(failing))
        .isEqualTo(new Effect.Failed("sh ended with exit code 3: no?[31m such"));
    assertThat(ask(failing))
        .isInstanceOfSatisfying(
            Answer.Exited.class,
            exited -> {
              assertThat(exited.code()).isEqualTo(3);
              assertThat(exited.output()).contains("one\n", "such\n");
            });
    assertThat(run(List.of("true"))).isEqualTo(new Effect.Done("true ended with exit code 0"));
  }

  @Test
  void aSignalCountsAs128AndItsNumber() {
    assertThat(ask(List.of("sh", "-c", "kill -9 $$"))).isEqualTo(new Answer.Exited(137, ""));
  }

  @Test
  void aProgramThatIsNotThereIsSaidToBeMissing() throws Exception {
    assertThat(run(List.of("no-such-program", "x")))
        .isInstanceOfSatisfying(
            Effect.Failed.class,
            failed -> assertThat(failed.detail()).contains("no executable program"));
    Path file = Files.writeString(folder.resolve("plain"), "text");
    assertThat(ask(List.of(file.toString())))
        .isInstanceOfSatisfying(
            Answer.Unanswered.class,
            blind -> {
              assertThat(blind.reason()).isEqualTo(BlindReason.UNREACHABLE);
              assertThat(blind.detail()).contains("no executable program");
            });
  }

  @Test
  void aProgramBesideTheFileIsFoundByItsRelativePath() throws Exception {
    Path script = Files.writeString(folder.resolve("check.sh"), "#!/bin/sh\necho here\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));

    assertThat(ask(List.of("./check.sh"))).isEqualTo(new Answer.Exited(0, "here\n"));
  }

  @Test
  void ofALongOutputTheEndIsKept() {
    Answer.Exited exited =
        (Answer.Exited)
            ask(List.of("sh", "-c", "yes 0123456789 | head -c 3000000; echo; echo the end"));

    assertThat(exited.output().getBytes(UTF_8)).hasSize(OutputTail.LIMIT);
    assertThat(exited.output()).contains("0123456789\n0123456789").endsWith("\nthe end\n");
  }

  @Test
  void whatAProgramLeavesBehindIsNotWaitedFor() throws Exception {
    Answer answer = ask(List.of("sh", "-c", "sleep 600 & echo $! > left; echo done"));
    victims.ref(pid("left"));

    assertThat(answer).isEqualTo(new Answer.Exited(0, "done\n"));
  }

  @Test
  void afterItsTimeAProgramIsKilledWithAllThatItStarted() throws Exception {
    String script =
        """
        sleep 600 & echo $! > child
        setsid sleep 600 & echo $! > session
        (setsid sh -c 'echo $$ > orphan; exec sleep 600' &)
        trap '' TERM INT HUP
        echo $$ > self
        wait""";
    CompletableFuture<Effect> killed =
        CompletableFuture.supplyAsync(
            () -> hands.apply(new RunCommand(List.of("sh", "-c", script), Duration.ofSeconds(5))));
    List<ProcessIdentity> all = new ArrayList<>();
    for (String file : List.of("child", "session", "orphan", "self")) {
      Await.until(file, () -> Files.exists(folder.resolve(file)) && pid(file) > 0);
      all.add(ProcessIdentity.parse(victims.ref(pid(file)).identity()));
    }

    assertThat(killed.get())
        .isEqualTo(new Effect.Failed("sh did not end within 5000 ms and was killed"));
    for (ProcessIdentity process : all) {
      Await.until("end of " + process, () -> process.state() == ProcessState.GONE);
    }
  }

  @Test
  void aQuestionThatTakesTooLongIsATimeout() {
    assertThat(hands.ask(new CommandStatus(List.of("sleep", "600"), Duration.ofMillis(50))))
        .isEqualTo(
            new Answer.Unanswered(
                BlindReason.TIMEOUT, "sleep did not end within 50 ms and was killed"));
  }

  @Test
  void afterClosingNothingIsRun() {
    hands.close();

    assertThat(run(List.of("true"))).isInstanceOf(Effect.Failed.class);
  }

  private Effect run(List<String> argv) {
    return hands.apply(new RunCommand(argv, LONG));
  }

  private Answer ask(List<String> argv) {
    return hands.ask(new CommandStatus(argv, LONG));
  }

  private long pid(String file) throws Exception {
    String text = Files.readString(folder.resolve(file)).strip();
    return text.isEmpty() ? 0 : Long.parseLong(text);
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
