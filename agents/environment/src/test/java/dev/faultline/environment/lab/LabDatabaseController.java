package dev.faultline.environment.lab;

import dev.faultline.model.world.Wiring;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A program that runs a lab with a database until it is killed. */
final class LabDatabaseController {

  private LabDatabaseController() {}

  /** The argument is the folder to work in. */
  public static void main(String[] arguments) throws Exception {
    try (LabHabitat habitat =
        new LabHabitat(
            LabDatabaseTest.lab("exec sleep 600"),
            List.of(),
            Wiring.NONE,
            LabKit.place(Path.of(arguments[0])),
            sighting -> {})) {
      habitat.prepare();
      System.out.println("ready");
      waitForEver();
    }
  }

  private static void waitForEver() throws IOException {
    // Nobody writes to it.
    int ignored = System.in.read();
  }
}
