package dev.faultline.engine.file;

import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.document.ExperimentSpec;
import dev.faultline.model.gate.Alert;
import dev.faultline.model.gate.Gate;
import dev.faultline.model.gate.Signal;
import dev.faultline.model.gate.Slo;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Gives the gates of an experiment that stand in other files what those files say. Thread-safe. */
final class ImportedGates {

  private final SloFiles slos;
  private final RuleFiles rules;

  ImportedGates(Loader loader) {
    ForeignFiles files = new ForeignFiles(loader);
    this.slos = new SloFiles(files);
    this.rules = new RuleFiles(files);
  }

  /**
   * The experiment with every gate readable.
   *
   * @param placed where it stands, for what is wrong in it
   * @throws InvalidFile when a file is missing, or says what a gate cannot honour
   */
  ExperimentSpec in(ExperimentSpec spec, Placed placed) throws InvalidFile {
    List<Gate> gates = new ArrayList<>();
    for (int i = 0; i < spec.gates().size(); i++) {
      Gate gate = spec.gates().get(i);
      List<String> path = List.of("spec", "gates", String.valueOf(i));
      gates.add(gate.reading(read(gate.signal(), path, placed)));
    }
    return spec.with(gates);
  }

  private Signal read(Signal signal, List<String> gate, Placed placed) throws InvalidFile {
    if (signal instanceof Slo slo) {
      List<String> at = with(gate, "slo");
      Path file = find(slo.file(), with(at, "file"), placed);
      Budget budget = slos.read(slo, file, file.toString());
      try {
        return slo.meaning(budget.over(slo.windows()));
      } catch (InvalidValue unfit) {
        List<String> within =
            unfit.field().filter(field -> field.startsWith("windows")).stream()
                .flatMap(field -> Arrays.stream(field.split("/")))
                .toList();
        List<String> culprit = new ArrayList<>(at);
        culprit.addAll(within);
        throw placed.refuse(
            new Refusal(culprit, Refusal.Spot.WHOLE, String.valueOf(unfit.getMessage())));
      }
    }
    if (signal instanceof Alert alert && alert.file().isPresent()) {
      Path file = find(alert.file().get(), with(with(gate, "alert"), "file"), placed);
      return alert.meaning(rules.read(alert, file, file.toString()));
    }
    return signal;
  }

  private static Path find(String name, List<String> at, Placed placed) throws InvalidFile {
    try {
      Path file = placed.folder().resolve(name);
      if (Files.isRegularFile(file)) {
        return file;
      }
    } catch (InvalidPathException impossible) {
      throw placed.refuse(at, "no file can be called that; check the path");
    }
    throw placed.refuse(at, "there is no such file beside this one; check the path");
  }

  private static List<String> with(List<String> path, String step) {
    List<String> longer = new ArrayList<>(path);
    longer.add(step);
    return longer;
  }
}
