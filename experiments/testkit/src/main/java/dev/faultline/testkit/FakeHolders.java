package dev.faultline.testkit;

import dev.faultline.model.world.Effect;
import java.util.List;
import java.util.stream.Stream;

/** What holds something of a fake world, or disturbs its packets. */
record FakeHolders(FakeMachine machine, FakeNetworks networks) {

  List<String> marks() {
    return Stream.concat(networks.residue().stream(), machine.residue().stream()).toList();
  }

  Effect endAll() {
    machine.endAll();
    networks.restoreAll();
    return new Effect.Done("nothing is held");
  }
}
