package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The archive for machines without a JDK, unpacked far from where it was made. */
@Tag("slow")
@Isolated("Maven takes all cores")
final class PackageTest {

  /** Without Java and Maven: {@code PATH} has the system's own programs alone. */
  private static final Map<String, String> BARE = Map.of("PATH", "/usr/bin:/bin", "JAVA_HOME", "");

  @TempDir private Path temp;

  @Test
  void it_runs_an_experiment_with_its_own_java_wherever_it_lies() throws Exception {
    try (Cli cli = new Cli(temp)) {
      Path root = unpacked(cli);
      Path link = Files.createSymbolicLink(temp.resolve("fl"), root.resolve("bin/faultline"));
      String file = root.resolve("examples/shop/crashed-payments.yaml").toString();

      Ended run = run(cli, link.toString(), "run", file);

      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(run.out() + run.err()).contains("PASSED crashed-payments");
      assertThat(root.resolve("man")).isNotEmptyDirectory();
      assertEachHasItsClasses(cli, root);
    }
  }

  /** Java refuses to start where it must have an archive of classes that is not there. */
  private static void assertEachHasItsClasses(Cli cli, Path root) throws Exception {
    String shop = "examples/shop/crashed-payments.yaml";
    String cluster = "examples/kubernetes/slow-inventory.yaml";
    assertThat(validated(cli, root, shop)).isZero();
    assertThat(validated(cli, root, cluster)).isZero();

    Files.delete(root.resolve("lib/cluster.jsa"));
    assertThat(validated(cli, root, shop)).isZero();
    assertThat(validated(cli, root, cluster)).isEqualTo(1);
  }

  private static int validated(Cli cli, Path root, String file) throws Exception {
    Map<String, String> strict = new HashMap<>(BARE);
    strict.put("FAULTLINE_JAVA_OPTS", "-Xshare:on");
    String program = root.resolve("bin/faultline").toString();
    return cli.start(strict, List.of(program, "validate", root.resolve(file).toString()))
        .end()
        .exit();
  }

  private Path unpacked(Cli cli) throws Exception {
    Path made = Files.createDirectory(temp.resolve("made"));
    Path there = Files.createDirectory(temp.resolve("there"));
    String script = Cli.home().resolve("chaos-cli/launcher/package").toString();
    done(cli.start(Map.of(), List.of(script, "0.0-test", made.toString())).end());
    done(run(cli, "tar", "-xzf", only(made, ".tar.gz").toString(), "-C", there.toString()));
    return only(there, "");
  }

  private static Ended run(Cli cli, String... command) throws Exception {
    return cli.start(BARE, List.of(command)).end();
  }

  private static void done(Ended ended) {
    assertThat(ended.exit()).as(ended.out() + ended.err()).isZero();
  }

  private static Path only(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(ending)).toList();
      assertThat(found).hasSize(1);
      return found.getFirst();
    }
  }
}
