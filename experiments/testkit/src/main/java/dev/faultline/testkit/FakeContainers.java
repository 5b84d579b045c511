package dev.faultline.testkit;

import dev.faultline.model.cluster.ContainerLimits;
import dev.faultline.model.cluster.ContainerRef;
import dev.faultline.model.cluster.PodInside;
import dev.faultline.model.cluster.Probe;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.ContainerStrain;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.PodAction;
import dev.faultline.model.world.PodQuery;
import dev.faultline.model.world.ProcessState;
import dev.faultline.model.world.StrainReading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The containers of pods, one of each, which are started again when they are ended. */
final class FakeContainers {

  private static final String NAME = "app";
  private static final double CORES = 0.5;
  private static final long MEMORY = 128L << 20;

  private final Map<String, Integer> lives = new HashMap<>();
  private final Map<String, String> frozen = new TreeMap<>();
  private final Map<String, String> strained = new TreeMap<>();

  PodInside in(String pod, List<Probe> probes) {
    return new PodInside(
        List.of(now(pod)),
        probes,
        List.of(new ContainerLimits(NAME, Optional.of(CORES), Optional.of(MEMORY))));
  }

  private ContainerRef now(String pod) {
    return new ContainerRef(NAME, "%s-%d".formatted(pod, lives.getOrDefault(pod, 1)));
  }

  Effect signal(PodAction.SignalContainer order) {
    String pod = order.pod().pod().name();
    if (!order.container().equals(now(pod))) {
      return new Effect.Superseded("another life of the container");
    }
    lives.merge(pod, 2, (life, _) -> life + 1);
    return new Effect.Done("signalled");
  }

  Effect freeze(PodAction.FreezeContainer order) {
    frozen.put(order.name() + " at " + order.pod().pod().name(), order.container().id());
    return new Effect.Done("frozen");
  }

  Effect release(PodAction.ReleaseContainer order) {
    frozen.remove(order.name() + " at " + order.pod().pod().name());
    return new Effect.Done("goes on");
  }

  Effect strain(PodAction.StrainContainer order) {
    strained.put(order.name() + " at " + order.pod().pod().name(), order.container().id());
    return new Effect.Done("strained");
  }

  Effect free(PodAction.FreeContainer order) {
    strained.remove(order.name() + " at " + order.pod().pod().name());
    return new Effect.Done("free");
  }

  void releaseAll() {
    frozen.clear();
    strained.clear();
  }

  List<String> residue() {
    return Stream.concat(
            frozen.keySet().stream().map("frozen by "::concat),
            strained.keySet().stream().map("strained by "::concat))
        .toList();
  }

  Answer status(PodQuery query) {
    return switch (query) {
      case PodQuery.ContainerStatus status -> status(status);
      case PodQuery.FrozenContainer still -> status(still);
      case PodQuery.StrainedContainer busy -> status(busy);
    };
  }

  private Answer status(PodQuery.StrainedContainer query) {
    boolean held = strained.containsKey(query.name() + " at " + query.pod().pod().name());
    double most =
        switch (query.what()) {
          case ContainerStrain.ContainerCpu(double share, _, _) -> share * CORES;
          case ContainerStrain.ContainerMemory(long bytes, _, _) -> (double) bytes;
        };
    return new Answer.StrainIs(
        query.what(), held ? new StrainReading(true, most, most, 0) : StrainReading.free(0));
  }

  private Answer status(PodQuery.ContainerStatus query) {
    return new Answer.ProcessIs(
        query.container().equals(now(query.pod().name()))
            ? ProcessState.RUNNING
            : ProcessState.GONE);
  }

  private Answer status(PodQuery.FrozenContainer query) {
    return new Answer.ProcessIs(
        frozen.containsKey(query.name() + " at " + query.pod().pod().name())
            ? ProcessState.STOPPED
            : ProcessState.RUNNING);
  }
}
