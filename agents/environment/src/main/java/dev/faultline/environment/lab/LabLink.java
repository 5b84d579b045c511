package dev.faultline.environment.lab;

import dev.faultline.model.world.Instance.LinkInstance;
import java.util.Optional;

/**
 * A way by which one part of a lab reaches another.
 *
 * @param from a process, a database, or the load
 * @param to a process or a database
 * @param port the name of the port; empty for a database
 * @param distinct whether the name must say which port: the process has several
 */
record LabLink(String from, String to, Optional<String> port, boolean distinct) {

  /** What plans, proofs and reports call it. */
  String name() {
    return from + "->" + to + (distinct ? "." + port.orElseThrow() : "");
  }

  /** Whether it is the way between the nodes of a database. */
  boolean isReplication() {
    return from.equals(to);
  }

  /** What stands for it in a plan. */
  LinkInstance instance() {
    return new LinkInstance(name(), "lab link " + name(), from, to, port);
  }
}
