package dev.faultline.node.host;

import dev.faultline.node.Child;
import dev.faultline.node.ChildOutput;
import dev.faultline.node.ChildSpec;
import dev.faultline.node.Children;
import dev.faultline.node.ProcessIdentity;
import dev.faultline.node.StartCache;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts {@link HostHolder} as a process that the kernel kills when this one dies. Immutable and
 * thread-safe.
 *
 * @param java the {@code java} executable to start it with, version 25 or newer
 * @param classPath where the classes of this package are: a jar or a folder
 */
public record HostLauncher(Path java, String classPath) {

  private static final List<String> SMALL_JVM =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xmx32m",
          // Memory that is held is not on the heap, and may be more than the heap.
          "-XX:MaxDirectMemorySize=32t",
          "-XX:-UsePerfData",
          "--enable-native-access=ALL-UNNAMED");

  private static final Map<String, String> NO_OTHER_OPTIONS =
      Map.of("JAVA_TOOL_OPTIONS", "", "JDK_JAVA_OPTIONS", "", "_JAVA_OPTIONS", "");

  /**
   * Starts one.
   *
   * @param children whose end is its end
   * @param timeout how long it may take to begin, and then for each answer
   * @throws HolderException when it cannot hold this, or did not start; then none is left
   */
  public RunningHolder start(
      HostMark mark, HostOrder order, Duration lease, Children children, Duration timeout)
      throws HolderException {
    ChildSpec spec =
        new ChildSpec(
            command(mark),
            NO_OTHER_OPTIONS,
            Path.of("/"),
            new ChildOutput.Pipe(),
            new ChildOutput.Discard());
    Child child;
    try {
      child = children.start(spec);
    } catch (IOException failure) {
      throw new HolderException("it cannot be started: " + failure.getMessage(), failure);
    }
    return RunningHolder.begin(child, HostOrder.write(order, lease), timeout);
  }

  /**
   * Starts one that joins a container, where no other program is to be had than Java. It binds
   * itself to the thread that calls this, so that must be a platform thread which ends with its
   * program.
   *
   * @param timeout how long it may take to begin, and then for each answer
   * @throws HolderException when it cannot hold this, or did not start; then none is left
   */
  public RunningHolder start(
      HostMark mark, HostOrder.Within order, Duration lease, Duration timeout)
      throws HolderException {
    ProcessBuilder builder =
        new ProcessBuilder(command(mark))
            .directory(Path.of("/").toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(NO_OTHER_OPTIONS);
    Process process;
    try {
      process = builder.start();
    } catch (IOException failure) {
      throw new HolderException("it cannot be started: " + failure.getMessage(), failure);
    }
    ProcessIdentity identity =
        ProcessIdentity.of(process.pid())
            .orElseThrow(() -> new HolderException("it has ended at once"));
    return RunningHolder.begin(
        new Child(identity, process), HostOrder.write(order, lease), timeout);
  }

  private List<String> command(HostMark mark) {
    List<String> command = new ArrayList<>(List.of(java.toString()));
    command.addAll(SMALL_JVM);
    command.addAll(StartCache.options(classPath));
    command.addAll(List.of("-cp", classPath, HostHolder.class.getName()));
    command.addAll(mark.arguments());
    return command;
  }
}
