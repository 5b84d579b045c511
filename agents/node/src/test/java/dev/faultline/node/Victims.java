package dev.faultline.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The processes that a test starts; closing kills all that are left. */
final class Victims implements AutoCloseable {

  private final List<ProcessIdentity> started = new ArrayList<>();

  /** A process that does nothing for a long time. */
  ProcessIdentity sleeper() throws IOException {
    return start("sleep", "600");
  }

  ProcessIdentity start(String... argv) throws IOException {
    return track(ProcessIdentity.of(new ProcessBuilder(argv).start().pid()).orElseThrow());
  }

  /** Another JVM that runs a main class of these tests. */
  Process java(Class<?> main, String... arguments) throws IOException {
    return java(List.of(), main, arguments);
  }

  Process java(List<String> prefix, Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classPath(),
            main.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    track(ProcessIdentity.of(process.pid()).orElseThrow());
    return process;
  }

  /** The identity that a child JVM prints as its next line. */
  ProcessIdentity read(BufferedReader lines) throws IOException {
    return track(ProcessIdentity.parse(String.valueOf(lines.readLine())));
  }

  ProcessIdentity track(ProcessIdentity identity) {
    started.add(identity);
    return identity;
  }

  @Override
  public void close() throws IOException {
    for (ProcessIdentity identity : started) {
      SignalResult _ = identity.signal(PosixSignal.KILL);
      Await.state(identity, ProcessState.GONE);
    }
  }

  private static String classPath() {
    return folder(ProcessIdentity.class) + ":" + folder(Victims.class);
  }

  private static String folder(Class<?> type) {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath()).toString();
  }
}
