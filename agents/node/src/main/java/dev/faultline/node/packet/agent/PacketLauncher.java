package dev.faultline.node.packet.agent;

import dev.faultline.node.FuseLauncher;
import dev.faultline.node.StartCache;
import dev.faultline.node.packet.PacketSettings;
import dev.faultline.node.packet.engine.PacketRefused;
import dev.faultline.node.packet.text.SettingsText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts {@link PacketAgent} as a process of its own. Immutable and thread-safe.
 *
 * @param java the {@code java} executable to start it with, version 25 or newer
 * @param classPath where the classes of this package are: a jar or a folder
 */
public record PacketLauncher(Path java, String classPath) {

  private static final List<String> SMALL_JVM =
      List.of(
          "-XX:+UseSerialGC",
          "-Xms24m",
          "-Xmx48m",
          "-XX:-UsePerfData",
          "--enable-native-access=ALL-UNNAMED");

  /** Starts agents with the JVM and the classes that this process runs on. */
  public static PacketLauncher likeThisProcess() {
    FuseLauncher alike = FuseLauncher.likeThisProcess();
    return new PacketLauncher(alike.java(), alike.classPath());
  }

  /** The command line of one, which reads its settings from standard input. */
  public List<String> command() {
    List<String> command = new ArrayList<>(List.of(java.toString()));
    command.addAll(SMALL_JVM);
    command.addAll(StartCache.options(classPath));
    command.addAll(List.of("-cp", classPath, PacketAgent.class.getName()));
    return command;
  }

  /**
   * Starts one, in a session of its own, so that Ctrl-C in a terminal does not reach it.
   *
   * @param timeout how long it may take to start, and then for each answer
   * @throws PacketRefused when packets cannot be disturbed there, or it did not start; then none is
   *     left
   */
  public RunningPackets start(PacketSettings settings, Duration timeout) throws PacketRefused {
    List<String> command = new ArrayList<>(List.of("setsid", "--"));
    command.addAll(command());
    command.addAll(PacketProcesses.marks(settings.run()));
    ProcessBuilder builder = new ProcessBuilder(command).directory(Path.of("/").toFile());
    builder.redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment
        .keySet()
        .removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
    try {
      return RunningPackets.begin(builder.start(), SettingsText.write(settings), timeout);
    } catch (IOException failure) {
      throw failure instanceof PacketRefused refused
          ? refused
          : new PacketRefused("cannot start the agent (needs setsid of util-linux)", failure);
    }
  }
}
