package dev.faultline.model.fault;

import dev.faultline.judge.Quantity;
import dev.faultline.judge.Unit;
import dev.faultline.model.cluster.AgentWork;
import dev.faultline.model.cluster.ContainerLimits;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.world.ContainerStrain;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.Strain;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes processor time, memory or the disk's time from the machine that Faultline runs on, or from
 * containers of pods, as their own programs would. At least one of cpu, cores, memory and io says
 * what.
 *
 * @param cpu which share of the time of each stressed core, from 1% to 100%; 100% when absent. Of a
 *     container: of the time that its limit lets it have, where cores is absent
 * @param cores how many cores, at least 1; all when absent
 * @param memory how much memory is taken, really touched; from 16Mi to 16Ti; of a container no more
 *     than its limit leaves it
 * @param leave how much memory must stay available on the machine, or the fault is refused; from
 *     64Mi to 16Ti; 256Mi when absent
 * @param io which disk is kept busy, and how; containers have none
 * @param container which container of a pod; may be absent where it has one only
 */
public record Stress(
    Optional<Quantity> cpu,
    Optional<Integer> cores,
    Optional<Quantity> memory,
    Optional<Quantity> leave,
    Optional<DiskWork> io,
    Optional<String> container)
    implements HostFault {

  private static final Set<String> AIMS =
      Stream.concat(Stream.of("host"), PodFault.AIMS.stream())
          .collect(Collectors.toUnmodifiableSet());
  private static final long LEAVE = 256L << 20;
  private static final long LEAST_LEFT = 64L << 20;
  private static final double LEAST_SHARE = 0.01;

  /** Refuses what says nothing, and what cannot be. */
  public Stress {
    if (cpu.isEmpty() && cores.isEmpty() && memory.isEmpty() && io.isEmpty()) {
      throw new InvalidValue(
          "say what is stressed: {cpu: 80%}, {cores: 1}, {memory: 512Mi} or {io: {path: /srv}}");
    }
    if (leave.isPresent() && memory.isEmpty()) {
      throw new InvalidValue("leave", "'leave' is about memory, and none is taken; add 'memory'");
    }
    if (cores.isPresent() && cores.get() < 1) {
      throw new InvalidValue("cores", "'cores' must be at least 1");
    }
    cpu.ifPresent(Stress::checkShare);
    memory.ifPresent(size -> Parameters.space("memory", size, 16L << 20));
    leave.ifPresent(size -> Parameters.space("leave", size, LEAST_LEFT));
    Pods.checkContainer(container);
  }

  private static void checkShare(Quantity share) {
    if (share.unit() != Unit.SHARE || share.value() < LEAST_SHARE || share.value() > 1) {
      throw new InvalidValue("cpu", "'cpu' must be from 1% to 100%, such as cpu: 80%");
    }
  }

  @Override
  public Map<String, Strain> strains() {
    Map<String, Strain> strains = new LinkedHashMap<>();
    if (cpu.isPresent() || cores.isPresent()) {
      strains.put("cpu", new Strain.Cpu(cpu.map(Quantity::value).orElse(1.0), cores));
    }
    memory.ifPresent(
        size ->
            strains.put(
                "memory",
                new Strain.Memory(
                    Parameters.bytes(size), leave.map(Parameters::bytes).orElse(LEAVE))));
    io.ifPresent(work -> strains.put("io", work.strain()));
    return strains;
  }

  /**
   * What is taken of a container, by names that tell one from the other.
   *
   * @throws FaultRefused when it is nothing that a container has, or more than it may have
   */
  Map<String, ContainerStrain> strains(ContainerLimits limits) {
    if (io.isPresent()) {
      throw new FaultRefused(
          "an agent has no file on the file systems of a container, and would keep a disk of its"
              + " node busy; remove 'io'");
    }
    Map<String, ContainerStrain> strains = new LinkedHashMap<>();
    if (cpu.isPresent() || cores.isPresent()) {
      refuseMoreCores(limits);
      strains.put(
          "cpu",
          new ContainerStrain.ContainerCpu(
              cpu.map(Quantity::value).orElse(1.0), cores, limits.cores()));
    }
    memory
        .map(Parameters::bytes)
        .ifPresent(
            bytes -> {
              refuseMoreMemory(bytes, limits);
              strains.put(
                  "memory",
                  new ContainerStrain.ContainerMemory(
                      bytes, leave.map(Parameters::bytes).orElse(LEAVE), limits.memory()));
            });
    return strains;
  }

  private void refuseMoreCores(ContainerLimits limits) {
    if (cores.isPresent()
        && limits.cores().isPresent()
        && cores.get() > Math.ceil(limits.cores().get())) {
      throw new FaultRefused(
          "%d cores are asked for, and container %s may have the time of %s (its limit)"
              .formatted(cores.get(), limits.container(), limits.cores().get()));
    }
  }

  private static void refuseMoreMemory(long bytes, ContainerLimits limits) {
    if (limits.memory().isPresent() && bytes >= limits.memory().get()) {
      throw new FaultRefused(
          "%d MiB are asked for, and container %s may have %d MiB in all (its limit)"
              .formatted(bytes >> 20, limits.container(), limits.memory().get() >> 20));
    }
  }

  @Override
  public Set<String> aims() {
    return AIMS;
  }

  /** A workload is found with its pods, and they alone have containers. */
  @Override
  public boolean hits(Instance found) {
    return !(found instanceof Instance.ObjectInstance);
  }

  @Override
  public Optional<AgentWork> agentWork() {
    return Optional.of(AgentWork.STRAIN);
  }

  @Override
  public List<Step> plan(Instance target, Setting setting) {
    return switch (target) {
      case Instance.PodNetwork pod -> ContainerSteps.strain(this, pod, setting);
      case Instance.Here _, Instance.OnHost _ -> {
        Processes.refuseContainer(container, target);
        yield HostFault.super.plan(target, setting);
      }
      default ->
          throw new FaultRefused(
              "this fault needs a host, or pods of a Kubernetes cluster, as its target");
    };
  }

  @Override
  public List<EndsBy> endsBy(Instance target, Setting setting) {
    return target instanceof Instance.PodNetwork pod
        ? ContainerSteps.strainEndsBy(pod, setting)
        : endsBy(setting);
  }

  /** Of a container it is said what it may use. */
  @Override
  public String words(Instance target) {
    return target instanceof Instance.PodNetwork pod
        ? ContainerSteps.strains(this, pod).values().stream()
            .map(Strain::words)
            .collect(Collectors.joining("; ", "stress with ", ""))
        : words();
  }

  @Override
  public String words() {
    return "stress (%s)"
        .formatted(
            strains().values().stream().map(Strain::words).collect(Collectors.joining("; ")));
  }
}
