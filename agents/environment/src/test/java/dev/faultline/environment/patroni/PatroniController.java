package dev.faultline.environment.patroni;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A program that runs a cluster until it is killed; says {@code ready} when the cluster is. */
final class PatroniController {

  private PatroniController() {}

  /** The argument is the folder to work in. */
  public static void main(String[] arguments) throws Exception {
    try (PatroniKit kit =
        new PatroniKit(Path.of(arguments[0]), PatroniKit.fast(2, false, Optional.empty()))) {
      kit.cluster.start();
      System.out.println("ready");
      waitForEver();
    }
  }

  private static void waitForEver() throws IOException {
    // Nobody writes to it.
    int ignored = System.in.read();
  }
}
