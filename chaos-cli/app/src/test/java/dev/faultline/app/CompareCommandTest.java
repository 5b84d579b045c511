package dev.faultline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompareCommandTest {

  @TempDir private Path temp;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void keep() throws IOException {
    keep("good", 3600, Optional.of(0L));
    keep("slow", 9000, Optional.of(0L));
    keep("lossy", 3500, Optional.of(7L));
    keep("unread", 3600, Optional.empty());
  }

  private Path keep(String name, long millis, Optional<Long> lost) throws IOException {
    return new Told(name, Duration.ofMillis(millis), lost).keep(temp.resolve("faultline")).path();
  }

  private static Page page(ByteArrayOutputStream bytes) {
    return new Page(new PrintStream(bytes, true, StandardCharsets.UTF_8), false, 100);
  }

  private int compare(String... arguments) {
    out.reset();
    err.reset();
    List<String> all = new ArrayList<>(List.of("compare", "--fail-on-worse"));
    all.addAll(List.of(arguments));
    Console console =
        new Console(page(out), page(err), false, Map.of("XDG_STATE_HOME", temp.toString()), temp);
    return Main.run(console, all.toArray(String[]::new));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aRunBesideItselfGotNoWorse() {
    assertThat(compare("good", "good")).isZero();
    assertThat(out()).contains("Nothing got worse.", "RTO", "3.6 s", "about the same");
  }

  @Test
  void aLongerOutageIsWorseAndTheOtherWayAroundBetter() {
    assertThat(compare("good", "slow")).isEqualTo(1);
    assertThat(out())
        .containsPattern("RTO +3.6 s +9 s +worse")
        .contains("worse: outage RTO 3.6 s → 9 s");
    assertThat(compare("slow", "good")).isZero();
    assertThat(out()).contains("better: outage RTO 9 s → 3.6 s");
  }

  @Test
  void aLossIsWorse() {
    assertThat(compare("good", "lossy")).isEqualTo(1);
    assertThat(out()).contains("run outcome passed → failed", "writes lost 0 → 7");
  }

  @Test
  void whatTheSecondRunDoesNotTellIsNotTakenForGood() {
    assertThat(compare("good", "unread")).isEqualTo(4);
    assertThat(out())
        .contains("not known: ", "writes lost 0 → –", "Nothing is known to have got worse.");
  }

  @Test
  void jsonHasTheSameRows() {
    assertThat(compare("good", "slow", "--json")).isEqualTo(1);
    assertThat(out()).startsWith("{").contains("\"RTO\"", "\"worse\"", "3.6");
  }

  @Test
  void aFolderWithAJournalIsARunToo() throws IOException {
    Path copy = keep("copied", 3600, Optional.of(0L));
    assertThat(compare("good", copy.toString())).isZero();
  }

  @Test
  void whatIsNoRunIsAUsageError() {
    assertThat(compare("good", "nobody")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("no run is called nobody");
    assertThat(compare("good")).isEqualTo(2);
    assertThat(out()).isEmpty();
  }
}
