package dev.faultline.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.faultline.environment.kubernetes.TestCluster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A gateway of a real cluster, beside it: a control plane that follows the API server, and Envoy.
 */
abstract class ClusterGateway implements AutoCloseable {

  private static final byte[] ASKED =
      "GET /cgi-bin/checkout HTTP/1.0\r\nHost: orders\r\n\r\n".getBytes(UTF_8);

  final TestCluster cluster;
  final Path folder;
  final int port = freePort();
  private final List<Process> processes = new ArrayList<>();

  ClusterGateway(TestCluster cluster, Path folder) throws IOException {
    this.cluster = cluster;
    this.folder = folder;
  }

  /** Where customers ask. */
  final InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  final Process start(String name, List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile())
            .start();
    processes.add(process);
    return process;
  }

  final void apply(String yaml) {
    cluster
        .client()
        .load(new ByteArrayInputStream(yaml.getBytes(UTF_8)))
        .resources()
        .forEach(one -> one.forceConflicts().serverSideApply());
  }

  /** Whether a customer is answered. */
  final boolean isOpen() {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(1_000);
      socket.connect(address(), 1_000);
      socket.getOutputStream().write(ASKED);
      return new String(socket.getInputStream().readAllBytes(), UTF_8).contains(" 200 ");
    } catch (IOException notYet) {
      return false;
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
  }
}
