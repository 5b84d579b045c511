package dev.faultline.benchmarks.storm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command {@code faultline} for one cluster.
 *
 * @param faultline the command
 * @param kubeconfig of the cluster
 * @param folder where it keeps its state, and where is kept what it says
 */
record Program(String faultline, Path kubeconfig, Path folder) {

  Process start(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(faultline));
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(said().toFile()));
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
    return builder.start();
  }

  /** What it has said so far. */
  Path said() {
    return folder.resolve("said");
  }

  /** How many faults it has told to be in force. */
  int faultsInForce() throws IOException {
    return Files.readString(said()).split(" is in force", -1).length - 1;
  }
}
