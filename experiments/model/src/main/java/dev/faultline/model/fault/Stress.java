package dev.faultline.model.fault;

import dev.faultline.judge.Quantity;
import dev.faultline.judge.Unit;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.world.Strain;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Takes processor time, memory or the disk's time from the machine that Faultline runs on. At least
 * one of cpu, cores, memory and io says what.
 *
 * @param cpu which share of the time of each stressed core, from 1% to 100%; 100% when absent
 * @param cores how many cores, at least 1; all when absent
 * @param memory how much memory is taken, really touched; from 16Mi to 16Ti
 * @param leave how much memory must stay available, or the fault is refused; from 64Mi to 16Ti;
 *     256Mi when absent
 * @param io which disk is kept busy, and how
 */
public record Stress(
    Optional<Quantity> cpu,
    Optional<Integer> cores,
    Optional<Quantity> memory,
    Optional<Quantity> leave,
    Optional<DiskWork> io)
    implements HostFault {

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

  @Override
  public String words() {
    return "stress (%s)"
        .formatted(
            strains().values().stream().map(Strain::words).collect(Collectors.joining("; ")));
  }
}
