package dev.faultline.engine.run;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.planning.Successors;
import dev.faultline.engine.planning.Unplannable;
import dev.faultline.engine.run.Stepper.Applied;
import dev.faultline.model.cluster.PodPlace;
import dev.faultline.model.event.Event;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.plan.Plan.PlannedFault;
import dev.faultline.model.world.PodAction;
import dev.faultline.model.world.Sighting;
import dev.faultline.model.world.Target;
import dev.faultline.model.world.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** When which fault looks for what has taken the place of its targets. */
final class Followers {

  private static final Duration BETWEEN = Duration.ofSeconds(1);

  private final Successors successors;
  private final Recorder recorder;
  private final Set<String> following;
  private final Map<String, Duration> next = new HashMap<>();
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  Followers(LoadedExperiment experiment, Plan plan, World world, Recorder recorder) {
    this.successors = new Successors(world, experiment, plan.seed());
    this.recorder = recorder;
    this.following =
        experiment.spec().disturbances().stream()
            .filter(step -> step.target().filter(Target::follows).isPresent())
            .map(step -> step.title())
            .collect(Collectors.toSet());
  }

  /** Whether a fault that is in force has to look now; then it is under way until it has. */
  Predicate<PlannedFault> due(Duration now) {
    return fault -> {
      String name = fault.name();
      boolean due =
          following.contains(name)
              && now.compareTo(next.getOrDefault(name, Duration.ZERO)) >= 0
              && underWay.add(name);
      if (due) {
        next.put(name, now.plus(BETWEEN));
      }
      return due;
    };
  }

  /** Looks, and follows; takes its time. */
  void follow(PlannedFault fault, FaultDriver driver) throws InterruptedException {
    try {
      driver.follow(inForce -> successors.of(fault, pods(inForce)));
    } catch (Unplannable none) {
      // It is looked again soon; who reads the report should know why nothing was taken in.
      if (told.add(fault.name() + none.words())) {
        recorder.record(
            new Event.Sighted(
                new Sighting(
                    Sighting.Kind.NOTE,
                    fault.name(),
                    "nothing takes the place of its targets for now: " + none.words())));
      }
    } finally {
      underWay.remove(fault.name());
    }
  }

  private static List<PodPlace> pods(List<Applied> inForce) {
    return inForce.stream()
        .flatMap(
            one ->
                one.step().action() instanceof PodAction.DisturbPod disturb
                    ? Stream.of(disturb.pod())
                    : Stream.of())
        .toList();
  }
}
