package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.examples.shop.RealPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A ledger in a database that runs already: what keeps it from being kept is said beforehand. */
@ResourceLock("shared memory of databases")
final class DatabaseTroubleTest {

  private static final String WRONG = "not-the-passw0rd";

  @TempDir private Path temp;
  private Cli cli;
  private RealPostgres postgres;
  private Process idle;

  @BeforeEach
  void open() throws Exception {
    cli = new Cli(temp);
    postgres = RealPostgres.in(Files.createDirectory(temp.resolve("postgres")));
    idle = new ProcessBuilder("sleep", "1000").start();
  }

  @AfterEach
  void close() {
    cli.close();
    idle.destroyForcibly();
    postgres.close();
  }

  private Ended run(String passwordFile) throws Exception {
    String pidFile = cli.file("idle.pid", idle.pid() + "\n");
    return cli.run(
        "run", cli.file("named.yaml", Pair.named("named", postgres.url(), passwordFile, pidFile)));
  }

  private Ended notReady(String passwordFile) throws Exception {
    Ended run = run(passwordFile);
    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(5);
    assertThat(run.out() + run.err())
        .doesNotContain("is in force", "Exception", "\tat ", RealPostgres.PASSWORD, WRONG);
    assertThat(Marked.state(idle.pid())).isEqualTo("S");
    assertThat(cli.marked().processes()).isEmpty();
    return run;
  }

  @Test
  void a_ledger_is_kept_and_its_table_is_gone_afterwards() throws Exception {
    postgres.start();

    Ended run = run(postgres.passwordFile().toString());

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(0);
    assertThat(postgres.number("select count(*) from pg_class where relname = 'faultline_ledger'"))
        .isZero();
    assertThat(holding(RealPostgres.PASSWORD)).as("files with the password").isEmpty();
  }

  @Test
  void a_table_of_somebody_else_stays_as_it_is() throws Exception {
    postgres.start();
    postgres.execute("create table faultline_ledger (mine text)");
    postgres.execute("insert into faultline_ledger values ('precious')");

    Ended run = notReady(postgres.passwordFile().toString());

    assertThat(run.out() + run.err()).contains("faultline_ledger", "db");
    assertThat(postgres.number("select count(*) from faultline_ledger where mine = 'precious'"))
        .isOne();
  }

  @Test
  void a_database_that_does_not_answer_is_named() throws Exception {
    Ended run = notReady(postgres.passwordFile().toString());

    assertThat(run.out() + run.err())
        .containsPattern("source unreachable: Connection to 127\\.0\\.0\\.1:\\d+ refused");
  }

  @Test
  void a_password_that_others_may_change_is_not_used() throws Exception {
    String file = cli.file("open", RealPostgres.PASSWORD + "\n");
    Files.setPosixFilePermissions(Path.of(file), PosixFilePermissions.fromString("rw-rw-rw-"));

    assertThat(notReady(file).err()).contains("chmod");
  }

  @Test
  void a_wrong_password_is_never_shown() throws Exception {
    postgres.start();
    String file = cli.file("wrong", WRONG + "\n");
    Files.setPosixFilePermissions(Path.of(file), PosixFilePermissions.fromString("rw-------"));

    Ended run = notReady(file);

    assertThat(run.out() + run.err()).contains("password authentication failed");
    assertThat(holding(WRONG)).as("files with the password").containsExactly(Path.of(file));
  }

  /** The files of the runs, and of this test, that contain some words. */
  private Stream<Path> holding(String words) throws IOException {
    try (Stream<Path> files = Files.walk(temp)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.startsWith(temp.resolve("postgres")))
          .filter(file -> contains(file, words))
          .toList()
          .stream();
    }
  }

  private static boolean contains(Path file, String words) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(words);
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }
}
