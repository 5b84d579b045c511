package dev.faultline.environment.kubernetes.agent;

import dev.faultline.node.CommandLine;
import dev.faultline.node.PosixSignal;
import dev.faultline.node.ProcessIdentity;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** The API server of the cluster for tests, which answers nobody until this is closed. */
final class ApiServer implements AutoCloseable {

  private final ProcessIdentity process;

  private ApiServer(ProcessIdentity process) {
    this.process = process;
  }

  /** Skips the test where no process of this machine is the API server of this port. */
  static ApiServer stop(int port) {
    Optional<ProcessIdentity> found =
        ProcessHandle.allProcesses()
            .filter(one -> isServer(one.pid(), Integer.toString(port)))
            .findFirst()
            .flatMap(one -> ProcessIdentity.of(one.pid()));
    Assumptions.assumeTrue(found.isPresent(), "needs the API server on this machine");
    ApiServer server = new ApiServer(found.get());
    var _ = server.process.signal(PosixSignal.STOP);
    return server;
  }

  private static boolean isServer(long pid, String port) {
    try {
      List<String> line = CommandLine.of(pid);
      return !line.isEmpty() && line.getFirst().endsWith("/kube-apiserver") && line.contains(port);
    } catch (IOException ended) {
      return false;
    }
  }

  @Override
  public void close() {
    var _ = process.signal(PosixSignal.CONT);
  }
}
