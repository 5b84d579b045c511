package dev.faultline.app;

import dev.faultline.node.relay.RelayFault;
import java.util.Optional;

/** What a line of input tells a relay. */
sealed interface RelayOrder {

  /** A fault begins, or takes the place of the one that has its name. */
  record Put(String name, RelayFault fault) implements RelayOrder {}

  /** A fault ends, or all of them. */
  record Clear(Optional<String> name) implements RelayOrder {}

  /** What goes through and what the faults did is told. */
  record Status() implements RelayOrder {}
}
