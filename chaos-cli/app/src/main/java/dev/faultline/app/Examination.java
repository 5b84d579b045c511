package dev.faultline.app;

import dev.faultline.app.machine.Doctor;
import dev.faultline.app.machine.Machine;
import dev.faultline.app.machine.Seen;
import dev.faultline.engine.file.ExperimentFiles;
import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.judge.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Looks at the machine and tells. Apart from its command, which every start looks at. */
record Examination(Console console) {

  /** Of the machine, and of what the experiments of a file need. */
  int of(Optional<String> file, Optional<String> environment) throws InvalidFile {
    List<LoadedExperiment> experiments =
        file.isEmpty() ? List.of() : new ExperimentFiles().load(file.get(), environment);
    Doctor doctor = new Doctor(new Machine(console.env(), console.state(), console.cache()));
    List<Seen> all = new ArrayList<>(doctor.general());
    all.forEach(this::print);
    for (LoadedExperiment experiment : experiments) {
      console.out().line("");
      console.out().line(console.out().in(Style.BOLD, "For " + experiment.name()));
      List<Seen> needs = doctor.needs(experiment);
      needs.forEach(this::print);
      all.addAll(needs);
    }
    long missing = all.stream().filter(seen -> seen.level() == Seen.Level.MISSING).count();
    console.out().line("");
    console
        .out()
        .line(
            missing == 0
                ? "Nothing is missing."
                : Spell.count((int) missing, "thing") + " missing.");
    return missing == 0 ? 0 : Outcome.NOT_READY.exitCode();
  }

  private void print(Seen seen) {
    Style style =
        switch (seen.level()) {
          case OK -> Style.GREEN;
          case WARNING -> Style.YELLOW;
          case MISSING -> Style.RED;
        };
    String level = "%-8s".formatted(seen.level().name().toLowerCase(Locale.ROOT));
    String head = console.out().in(style, level) + " %-13s ".formatted(seen.name());
    console.out().wrapped(head, Inert.text(seen.detail()));
    if (seen.level() != Seen.Level.OK) {
      String below = " ".repeat(Style.without(head).length());
      console.out().wrapped(below + "for ", Inert.text(seen.purpose()));
      console.out().wrapped(below + "fix ", Inert.text(seen.fix()));
    }
  }
}
