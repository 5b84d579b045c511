package dev.faultline.app.machine;

import dev.faultline.engine.file.LoadedExperiment;
import java.util.List;

/** Looks at this machine. Bounded: each look takes seconds at most. */
public final class Doctor {

  private final Machine machine;

  /** Of this machine. */
  public Doctor(Machine machine) {
    this.machine = machine;
  }

  /** What every machine is asked for. */
  public List<Seen> general() {
    return new General(machine).all();
  }

  /** What an experiment needs beside that. */
  public List<Seen> needs(LoadedExperiment experiment) {
    return new Needs(machine, experiment).all();
  }
}
