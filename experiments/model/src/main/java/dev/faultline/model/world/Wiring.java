package dev.faultline.model.world;

import dev.faultline.model.environment.Load;
import java.util.List;
import java.util.Optional;

/**
 * Which links of an environment a run wants to disturb, so that a relay can stand there from the
 * start, and nowhere else.
 *
 * @param uses the links, as the faults name them
 * @param load the load of the run, which has links too
 */
public record Wiring(List<Use> uses, Optional<Load> load) {

  /** No link is disturbed. */
  public static final Wiring NONE = new Wiring(List.of(), Optional.empty());

  /** Keeps the list unchangeable. */
  public Wiring {
    uses = List.copyOf(uses);
  }

  /**
   * Links that a fault names.
   *
   * @param port the name of the port; every one when empty
   * @param http whether the fault looks into exchanges of HTTP, rather than at bytes
   */
  public record Use(LinkEnds ends, Optional<String> port, boolean http) {}
}
