package dev.faultline.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.hands.LocalHabitat;
import dev.faultline.environment.hands.RunPlace;
import dev.faultline.environment.lab.LabHabitat;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.environment.Lab;
import dev.faultline.model.environment.Local;
import dev.faultline.model.environment.Place;
import dev.faultline.model.world.Habitat;
import dev.faultline.model.world.Wiring;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentsTest {

  @TempDir private Path folder;

  @Test
  void everyPlaceHasItsHabitatAndOpeningStartsNothing() throws Exception {
    Lab.LabProcess process =
        new Lab.LabProcess(
            List.of("touch", folder.resolve("started").toString()),
            Map.of(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty());
    try (Habitat local = open(new Local(Map.of()));
        Habitat lab = open(new Lab(Map.of("web", process), Map.of(), Optional.empty()))) {
      assertThat(local).isInstanceOf(LocalHabitat.class);
      assertThat(lab).isInstanceOf(LabHabitat.class);
    }
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  private Habitat open(Place place) {
    RunPlace run =
        new RunPlace(
            "run-1",
            folder,
            folder,
            folder.resolve("cache"),
            Path.of(System.getProperty("java.home"), "bin", "java"));
    return Environments.open(
        new EnvironmentSpec(place, Optional.empty(), Optional.empty(), Map.of()),
        Wiring.NONE,
        run,
        sighting -> {});
  }
}
