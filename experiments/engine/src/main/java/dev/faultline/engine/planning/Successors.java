package dev.faultline.engine.planning;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.model.cluster.PodPlace;
import dev.faultline.model.document.FaultStep;
import dev.faultline.model.plan.Plan.PlannedFault;
import dev.faultline.model.plan.Plan.PlannedTarget;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the pods that have taken the place of those that a lasting fault disturbs: ready ones of
 * the same owner, never more than were planned of it. It asks the world and changes nothing.
 *
 * @param seed that of the plan
 */
public record Successors(World world, LoadedExperiment experiment, long seed) {

  /**
   * What has become of targets.
   *
   * @param gone the names of those that are no longer there
   * @param instead what can be disturbed in place of those, and of others that went before
   */
  public record Found(Set<String> gone, List<PlannedTarget> instead) {
    /** Keeps both unchangeable. */
    public Found {
      gone = Set.copyOf(gone);
      instead = List.copyOf(instead);
    }
  }

  /**
   * Looks once.
   *
   * @param disturbed the pods that the fault disturbs
   * @throws Unplannable when it cannot be looked, or when the limits of the environment, an agent
   *     that cannot be made or another run stand against those in place of the others
   */
  public Found of(PlannedFault fault, List<PodPlace> disturbed) throws Unplannable {
    FaultStep step = Planner.step(experiment, fault);
    List<Instance> there = new Targets(world, experiment).found(step);
    Map<String, PodPlace> byUid =
        disturbed.stream().collect(Collectors.toMap(pod -> pod.pod().uid(), Function.identity()));
    List<Instance> stay = there.stream().filter(pod -> byUid.containsKey(uid(pod))).toList();
    stay.forEach(pod -> byUid.remove(uid(pod)));
    Set<String> gone =
        byUid.values().stream().map(pod -> pod.pod().name()).collect(Collectors.toSet());
    List<Instance> next = next(fault, step, there, stay);
    return new Found(gone, next.isEmpty() ? List.of() : planned(step, stay, next));
  }

  private static String uid(Instance instance) {
    return instance instanceof Instance.PodInstance pod ? pod.object().uid() : "";
  }

  private List<Instance> next(
      PlannedFault fault, FaultStep step, List<Instance> there, List<Instance> stay) {
    Map<String, Integer> room = new HashMap<>();
    fault.targets().forEach(target -> room.merge(target.owner(), 1, Integer::sum));
    stay.forEach(pod -> room.merge(pod.owner(), -1, Integer::sum));
    List<Instance> others = there.stream().filter(pod -> !stay.contains(pod)).toList();
    List<Instance> chosen = step.target().orElseThrow().choose(others, seed);
    List<Instance> next = new ArrayList<>();
    Stream.concat(chosen.stream(), others.stream().filter(pod -> !chosen.contains(pod)))
        .filter(one -> one instanceof Instance.PodInstance pod && pod.ready())
        .filter(one -> room.merge(one.owner(), -1, Integer::sum) >= 0)
        .forEach(next::add);
    return next;
  }

  private List<PlannedTarget> planned(FaultStep step, List<Instance> stay, List<Instance> next)
      throws Unplannable {
    ClusterNeeds cluster = new ClusterNeeds(world, experiment);
    cluster.add(step, Stream.concat(stay.stream(), next.stream()).toList());
    return new Planner(world).targets(experiment, step, next, seed, cluster.fusing());
  }
}
