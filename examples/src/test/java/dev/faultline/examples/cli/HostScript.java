package dev.faultline.examples.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A script of {@code examples/hosts} that sets up, and takes away, what experiments need.
 *
 * @param temp where it keeps what it needs meanwhile
 */
record HostScript(String name, Path temp) {

  /** Sets up; skips the test where there can be no network namespaces. */
  Ended up() throws IOException, InterruptedException {
    assumeTrue(
        "root".equals(System.getProperty("user.name")), "needs root, for network namespaces");
    assumeTrue(Files.isExecutable(Path.of("/usr/sbin/ip")), "needs ip (iproute2)");
    return run("up");
  }

  Ended run(String what) throws IOException, InterruptedException {
    Path out = temp.resolve(name + "-out");
    Path err = temp.resolve(name + "-err");
    ProcessBuilder script =
        new ProcessBuilder(Cli.home().resolve("examples/hosts").resolve(name).toString(), what)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    script.environment().put("XDG_RUNTIME_DIR", temp.toString());
    return new Running(script.start(), out, err).end();
  }
}
