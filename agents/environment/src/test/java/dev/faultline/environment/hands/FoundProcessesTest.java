package dev.faultline.environment.hands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.environment.Await;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.environment.Local.LocalProcess;
import dev.faultline.model.world.Instance.ProcessInstance;
import dev.faultline.model.world.ProcessRef;
import dev.faultline.model.world.ProcessState;
import dev.faultline.node.ProcessIdentity;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are found by what they are and do. */
final class FoundProcessesTest {

  private static final String NAME = "flt-" + ProcessHandle.current().pid();
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  @TempDir private Path folder;
  @AutoClose private final Victims victims = new Victims();

  /** A shell that waits for its input, under a name of its own. */
  private ProcessIdentity program() throws Exception {
    Path link = folder.resolve(NAME);
    if (!Files.exists(link)) {
      Files.createSymbolicLink(link, Path.of("/bin/sh").toRealPath());
    }
    Process process =
        new ProcessBuilder(link.toString(), "-c", "echo here; read word; true").start();
    ProcessRef ref = victims.ref(process.pid());
    assertThat(process.inputReader().readLine()).isEqualTo("here");
    return ProcessIdentity.parse(ref.identity());
  }

  private List<ProcessInstance> find(String key, Object value) {
    LocalProcess how = Codec.json().convertValue(Map.of(key, value), LocalProcess.class);
    return new LocalInventory(Map.of("api", how), folder, _ -> {}).named("api");
  }

  private static List<String> lives(List<ProcessInstance> found) {
    return found.stream().map(one -> one.process().orElseThrow().identity()).toList();
  }

  @Test
  void byTheNameOfTheProgramHoweverManyThereAre() throws Exception {
    assertThat(find("name", NAME))
        .singleElement()
        .satisfies(none -> assertThat(none.state()).isEqualTo(ProcessState.GONE))
        .satisfies(none -> assertThat(none.owner()).isEqualTo("program " + NAME));

    ProcessIdentity first = program();
    assertThat(find("name", NAME))
        .singleElement()
        .satisfies(one -> assertThat(one.name()).isEqualTo("api"))
        .satisfies(one -> assertThat(one.state()).isEqualTo(ProcessState.RUNNING));

    ProcessIdentity second = program();
    List<ProcessInstance> both = find("name", NAME);
    assertThat(lives(both)).containsExactlyInAnyOrder(first.text(), second.text());
    assertThat(both)
        .extracting(ProcessInstance::name)
        .containsExactlyInAnyOrder("api-" + first.pid(), "api-" + second.pid());
  }

  @Test
  void byThePortThatItListensOn() throws Exception {
    Process server =
        new ProcessBuilder(JAVA, "-m", "jdk.httpserver", "-b", "127.0.0.1", "-p", "0")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    ProcessRef ref = victims.ref(server.pid());

    assertThat(lives(find("port", port(server)))).containsExactly(ref.identity());
  }

  private static int port(Process server) throws Exception {
    Pattern address = Pattern.compile("127\\.0\\.0\\.1:(\\d+)|port (\\d+)");
    BufferedReader said = server.inputReader();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      Matcher found = address.matcher(line);
      if (found.find()) {
        return Integer.parseInt(Optional.ofNullable(found.group(1)).orElse(found.group(2)));
      }
    }
    throw new AssertionError("the server ended");
  }

  @Test
  void neverFaultlineItselfOrWhatItWasStartedFrom() {
    List<String> own = new ArrayList<>();
    for (Optional<ProcessHandle> one = Optional.of(ProcessHandle.current());
        one.isPresent();
        one = one.get().parent()) {
      ProcessIdentity.of(one.get().pid()).ifPresent(identity -> own.add(identity.text()));
    }

    List<ProcessInstance> found = find("name", "java");

    assertThat(found)
        .flatExtracting(one -> one.process().stream().map(ProcessRef::identity).toList())
        .doesNotContainAnyElementsOf(own);
  }

  @Test
  void byItsControlGroupAndByTheUnitThatIsOne() throws Exception {
    Path unit = Files.createDirectory(groups().resolve(NAME + ".service"));
    Path below = Files.createDirectory(unit.resolve("worker"));
    try {
      ProcessIdentity victim = program();
      Files.writeString(below.resolve("cgroup.procs"), Long.toString(victim.pid()));
      String path = group(victim.pid());

      assertThat(lives(find("unit", NAME))).containsExactly(victim.text());
      assertThat(lives(find("cgroup", path))).containsExactly(victim.text());
      String above = path.substring(0, path.lastIndexOf('/'));
      assertThat(lives(find("cgroup", above))).containsExactly(victim.text());
      assertThat(find("cgroup", path + "er").getFirst().process()).isEmpty();
    } finally {
      victims.close();
      Await.until(
          "an empty group", () -> Files.readString(below.resolve("cgroup.procs")).isEmpty());
      Files.delete(below);
      Files.delete(unit);
    }
  }

  private static String group(long pid) throws Exception {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "cgroup")).stream()
        .filter(line -> line.startsWith("0::"))
        .map(line -> line.substring("0::".length()))
        .findFirst()
        .orElseThrow();
  }

  private static Path groups() throws Exception {
    Optional<Path> mount =
        Files.readAllLines(Path.of("/proc/self/mounts")).stream()
            .map(line -> line.split(" "))
            .filter(words -> words[2].equals("cgroup2"))
            .map(words -> Path.of(words[1]))
            .findFirst();
    assumeTrue(mount.filter(Files::isWritable).isPresent(), "needs control groups of version 2");
    return mount.orElseThrow();
  }
}
