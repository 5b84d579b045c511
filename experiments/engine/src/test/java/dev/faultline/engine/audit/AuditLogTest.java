package dev.faultline.engine.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.faultline.engine.journal.RunStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditLogTest {

  private static final Who WHO = new Who("ada", "box", Optional.of("github:ada"));
  private static final Instant NOW = Instant.parse("2026-03-14T09:26:53Z");

  @TempDir private Path temp;
  private AuditLog log = new AuditLog(new RunStore(Path.of("")), InstantSource.system());

  @BeforeEach
  void open() {
    log = new AuditLog(new RunStore(temp.resolve("state")), InstantSource.fixed(NOW));
  }

  private void write(int records) throws IOException {
    for (int i = 1; i <= records; i++) {
      AuditRecord _ =
          log.append(WHO, new Act.Ended("run-" + i, "orders", "päßed", i, Optional.empty()));
    }
  }

  private AuditChain chain(String sought) throws IOException {
    AuditChain chain = new AuditChain(sought);
    long _ = AuditLog.read(log.file(), chain::take);
    return chain;
  }

  @Test
  void recordsFollowEachOtherInAFileOfTheirUserAlone() throws IOException {
    write(3);

    AuditChain chain = chain("");
    assertThat(chain.flaws()).isEmpty();
    assertThat(chain.lines()).isEqualTo(3);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log.file())))
        .isEqualTo("rw-------");
    List<String> lines = Files.readAllLines(log.file());
    AuditLine second = AuditLine.read(lines.get(1)).orElseThrow();
    assertThat(second.record())
        .contains(
            new AuditRecord(
                2,
                NOW,
                WHO,
                new Act.Ended("run-2", "orders", "päßed", 2, Optional.empty()),
                AuditLine.read(lines.get(0)).orElseThrow().hash()));
    assertThat(chain.head()).isEqualTo(AuditLine.read(lines.get(2)).orElseThrow().hash());
    assertThat(chain(second.hash().substring(0, 16)).found()).isEqualTo(2);
    assertThat(chain("f".repeat(64)).found()).isZero();
  }

  @Test
  void eachActIsReadAsItWasWritten() throws IOException {
    List<Act> acts =
        List.of(
            new Act.Began("r", "e", "f.yaml", "lab", "abc", true, List.of("bob")),
            new Act.Ended("r", "e", "halted", 6, Optional.of("stopped by SIGINT")),
            new Act.Undone("r", "journal", false),
            new Act.Approved("r", 2, true, "quiet"),
            new Act.Signed("e", "abc", NOW, ""),
            new Act.Halted(Optional.empty(), "x".repeat(5000)),
            new Act.Resumed("halted by ada"),
            new Act.Mended(3, "{\"s"));
    for (Act act : acts) {
      AuditRecord _ = log.append(WHO, act);
    }
    List<Act> read = new ArrayList<>();
    long torn =
        AuditLog.read(
            log.file(),
            line -> read.add(AuditLine.read(line).flatMap(AuditLine::record).orElseThrow().act()));
    assertThat(torn).isZero();
    assertThat(read).isEqualTo(acts);
  }

  /** Whatever is done to whole lines shows, or the head that was kept is gone. */
  @RepeatedTest(5)
  void whateverIsAlteredIsFound(RepetitionInfo repetition) throws IOException {
    write(12);
    byte[] whole = Files.readAllBytes(log.file());
    String head = chain("").head();
    Random dice = new Random(repetition.getCurrentRepetition());
    for (int i = 0; i < 200; i++) {
      byte[] altered = altered(whole.clone(), dice);
      if (Arrays.equals(altered, whole)) {
        continue;
      }
      Files.write(log.file(), altered);
      AuditChain chain = chain(head);
      long _ = AuditLog.read(log.file(), AuditLogTest::readable);
      assertThat(chain.flawed() > 0 || chain.found() == 0)
          .as(new String(altered, StandardCharsets.UTF_8))
          .isTrue();
    }
  }

  /** Whatever a line holds, it is a record or none, and throws nothing. */
  private static void readable(String line) {
    Optional<AuditRecord> _ = AuditLine.read(line).flatMap(AuditLine::record);
  }

  @Test
  void whatLacksAPartIsNoRecordAndAPartOfANewerOneIsFollowed() throws IOException {
    write(1);
    String json = AuditLine.read(Files.readString(log.file()).strip()).orElseThrow().json();
    for (String part :
        List.of("number", "at", "who", "act", "before", "user", "run", "outcome", "exit")) {
      String without =
          json.replaceFirst("\"" + part + "\":(\"[^\"]*\"|[0-9]+|\\{.*?}+)", "\"x\":1");
      assertThat(without).as(part).isNotEqualTo(json);
      assertThat(new AuditLine("", without).record()).as(part).isEmpty();
      assertThat(new AuditLine("", json.replace("\"number\":1", "\"number\":1e999")).link())
          .isEmpty();
    }
    String newer = json.replace("\"ended\"", "\"whatever\"");
    AuditChain chain = new AuditChain("");
    chain.take(new AuditLine(new AuditLine("", newer).computed(), newer).text());
    assertThat(chain.flaws()).isEmpty();
    assertThat(new AuditLine("", newer).record()).isEmpty();
  }

  private static byte[] altered(byte[] whole, Random dice) {
    List<String> lines =
        new ArrayList<>(new String(whole, StandardCharsets.UTF_8).lines().toList());
    int line = dice.nextInt(lines.size());
    switch (dice.nextInt(6)) {
      case 0 -> lines.remove(line);
      case 1 -> Collections.swap(lines, line, dice.nextInt(lines.size()));
      case 2 -> lines.add(dice.nextInt(lines.size()), lines.get(line));
      case 3 -> lines.subList(line, lines.size()).clear();
      case 4 -> lines.set(line, rehashed(lines.get(line)));
      default -> {
        whole[dice.nextInt(whole.length)] ^= (byte) (1 << dice.nextInt(8));
        return whole;
      }
    }
    return lines.stream()
        .map(text -> text + "\n")
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.UTF_8);
  }

  /** What somebody does who knows how a line is made. */
  private static String rehashed(String line) {
    String json = AuditLine.read(line).orElseThrow().json().replace("\"ada\"", "\"eve\"");
    return new AuditLine(new AuditLine("", json).computed(), json).text();
  }

  @Test
  void aFlawSaysWhichLineItIs() throws IOException {
    write(4);
    List<String> lines = new ArrayList<>(Files.readAllLines(log.file()));
    lines.set(1, rehashed(lines.get(1)));
    lines.set(3, lines.get(3).replace("run-4", "run-5"));
    Files.write(log.file(), lines);

    assertThat(chain("").flaws())
        .extracting(AuditChain.Flaw::line, AuditChain.Flaw::what)
        .containsExactly(
            tuple(3L, "it does not follow the record before"), tuple(4L, "the record was altered"));
    assertThatThrownBy(() -> write(1)).hasMessageContaining("audit verify");
  }

  @Test
  void aLineThatWasCutShortIsNoFlawAndTheNextRecordMendsIt() throws IOException {
    write(2);
    byte[] whole = Files.readAllBytes(log.file());
    int last = new String(whole, StandardCharsets.ISO_8859_1).indexOf('\n') + 1;
    for (int length = last + 1; length < whole.length; length += 7) {
      Files.write(log.file(), Arrays.copyOf(whole, length));
      AuditChain cut = new AuditChain("");
      assertThat(AuditLog.read(log.file(), cut::take)).isEqualTo(length - last);
      assertThat(cut.flaws()).isEmpty();

      write(1);

      AuditChain mended = chain(cut.head());
      assertThat(mended.flaws()).isEmpty();
      assertThat(mended.lines()).isEqualTo(3);
      assertThat(mended.found()).isEqualTo(1);
      assertThat(Files.readAllLines(log.file()).get(1)).contains("mended", "sha256");
    }
  }

  @Test
  void anInterruptLosesNothing() throws IOException {
    Thread.currentThread().interrupt();

    write(1);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(chain("").lines()).isEqualTo(1);
  }

  private Process writer(int records, String name) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            AuditWriter.class.getName(),
            temp.resolve("state").toString(),
            String.valueOf(records),
            name)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  @Test
  void writersOfSeveralProcessesAndThreadsTakeTurns() throws Exception {
    List<Process> writers = List.of(writer(40, "one"), writer(40, "two"));
    List<Thread> threads =
        IntStream.range(0, 3).mapToObj(_ -> Thread.ofPlatform().start(this::writeTen)).toList();
    for (Thread thread : threads) {
      thread.join();
    }
    for (Process writer : writers) {
      assertThat(writer.waitFor(Duration.ofSeconds(60))).isTrue();
      assertThat(writer.exitValue()).isZero();
    }

    assertThat(chain("").flaws()).isEmpty();
    assertThat(chain("").lines()).isEqualTo(110);
  }

  private void writeTen() {
    try {
      write(10);
    } catch (IOException unwritten) {
      throw new UncheckedIOException(unwritten);
    }
  }

  @RepeatedTest(3)
  void whatAKilledWriterHasSaidIsThereAndTheChainGoesOn() throws Exception {
    Process writer = writer(Integer.MAX_VALUE, "doomed");
    long said = 0;
    try (BufferedReader numbers = writer.inputReader()) {
      for (int i = 0; i < 20; i++) {
        said = Long.parseLong(numbers.readLine());
      }
      assertThat(writer.toHandle().destroyForcibly()).isTrue();
      for (String line = numbers.readLine(); line != null; line = numbers.readLine()) {
        said = line.isEmpty() ? said : Long.parseLong(line);
      }
    }
    assertThat(writer.waitFor(Duration.ofSeconds(30))).isTrue();
    assertThat(chain("").flaws()).isEmpty();
    assertThat(chain("").lines()).isGreaterThanOrEqualTo(said);

    write(1);

    assertThat(chain("").flaws()).isEmpty();
  }
}
