package dev.faultline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scripts are tried in the shells that they are for. */
@Execution(ExecutionMode.CONCURRENT)
final class CompletionTest {

  /** What is typed, and one of the words that must be offered, or the only one ({@code =}). */
  private static final String TYPED =
      """
      faultline ru                  | =run
      faultline run --ou            | =--out
      faultline run --json expe     | =experiment.yaml
      faultline run --out fol       | =folder
      faultline undo                | 20260314-092653-orders
      faultline compare 2026        | =20260314-092653-orders
      faultline explain failov      | =failover
      faultline schema Env          | =Environment
      faultline completion z        | =zsh
      faultline init --template da  | =database
      faultline report --out x 2026 | =20260314-092653-orders
      """;

  @TempDir private Path temp;
  private Path script = Path.of("");

  @BeforeEach
  void set() throws Exception {
    Files.createDirectories(temp.resolve("state/faultline/runs/20260314-092653-orders"));
    Files.createDirectories(temp.resolve("folder"));
    Files.writeString(temp.resolve("experiment.yaml"), "");
  }

  private void script(String shell) throws Exception {
    assumeTrue(onPath(shell), "needs " + shell);
    Called printed = Called.faultline(temp, "completion", shell);
    assertThat(printed.exit()).as(printed.err()).isZero();
    script = Files.writeString(temp.resolve("_faultline"), printed.out());
  }

  private static boolean onPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private List<String> said(String... argv) throws Exception {
    Path output = temp.resolve("said");
    ProcessBuilder builder =
        new ProcessBuilder(argv)
            .directory(temp.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "XDG_STATE_HOME",
                temp.resolve("state").toString(),
                "HOME",
                temp.toString(),
                "TERM",
                "dumb",
                "LC_ALL",
                "C.UTF-8"));
    Process process = builder.start();
    process.getOutputStream().close();
    boolean ended = process.waitFor(Duration.ofSeconds(60));
    process.destroyForcibly();
    assertThat(ended).isTrue();
    return Files.readString(output, StandardCharsets.UTF_8).lines().toList();
  }

  private static void assertOffered(List<String> offered, String wanted) {
    if (wanted.startsWith("=")) {
      assertThat(offered).containsExactly(wanted.substring(1));
    } else {
      assertThat(offered).contains(wanted);
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = TYPED)
  void bashCompletes(String typed, String wanted) throws Exception {
    script("bash");
    String words = typed.equals("faultline undo") ? "faultline undo ''" : typed;
    assertOffered(
        said(
            "bash",
            "--norc",
            "--noprofile",
            "-c",
            """
            source '%s'
            COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            $(complete -p faultline | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
            printf '%%s\\n' "${COMPREPLY[@]}"
            """
                .formatted(script, words)),
        wanted);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = TYPED)
  void fishCompletes(String typed, String wanted) throws Exception {
    script("fish");
    String words = typed.equals("faultline undo") ? "faultline undo " : typed;
    List<String> offered =
        said("fish", "--no-config", "-c", "source '%s'; complete -C '%s'".formatted(script, words))
            .stream()
            .map(line -> line.replaceAll("\t.*", "").replaceAll("/$", ""))
            .toList();
    assertOffered(offered, wanted);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = TYPED)
  void zshCompletes(String typed, String wanted) throws Exception {
    script("zsh");
    // A terminal within zsh: what is typed there is completed by the key that people press.
    String zsh =
        """
        zmodload zsh/zpty
        zpty z 'zsh -f -i'
        zpty -w z 'autoload -Uz compinit && compinit -u -D; source %s; %s PS1="rea""dy> "'
        zpty -r -m z line '*ready> *'
        zpty -w -n z $'%s\\t\\C-x'
        zpty -r -m z line '*<<*>>*'
        print -r -- ${${line##*<<}%%%%>>*}
        zpty -d z
        """
            .formatted(
                script,
                "show() { print -r -- \"<<$BUFFER>>\" }; zle -N show; bindkey \"^X\" show;"
                    + " bindkey \"^I\" complete-word;",
                typed.equals("faultline undo") ? "faultline undo " : typed);
    assertThat(said("zsh", "-f", "-c", zsh))
        .singleElement()
        .asString()
        .contains(" " + wanted.replace("=", ""));
  }

  @Test
  void whatIsNoShellIsAUsageError() {
    Called wrong = Called.faultline(temp, "completion", "bsh");

    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.err()).contains("did you mean 'bash'?");
  }
}
