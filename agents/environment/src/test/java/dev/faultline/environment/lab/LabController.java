package dev.faultline.environment.lab;

import dev.faultline.model.world.Wiring;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A program that runs a lab until it is killed; says {@code ready} when the lab is. */
final class LabController {

  private LabController() {}

  /** The argument is the folder to work in. */
  public static void main(String[] arguments) throws Exception {
    try (LabHabitat habitat =
        new LabHabitat(
            LabKit.lab(LabKit.tiny("web").measured(), LabKit.tiny("store").unchecked().wrapped()),
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
