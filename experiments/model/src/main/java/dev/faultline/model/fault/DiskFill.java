package dev.faultline.model.fault;

import dev.faultline.judge.Quantity;
import dev.faultline.model.world.Strain;
import java.util.Map;
import java.util.Optional;

/**
 * Fills a file system of the machine that Faultline runs on, by a file that has no name, so that
 * the kernel frees its space when the process ends that holds it.
 *
 * @param path a folder of the file system, from the root on; not that of the runs' journal; must be
 *     given
 * @param size how much is taken, from 1Mi to 16Ti; all but what is left when absent
 * @param leave how much stays free for anybody, or the fault is refused; from 0B to 16Ti; 100Mi
 *     when absent
 */
public record DiskFill(String path, Optional<Quantity> size, Optional<Quantity> leave)
    implements HostFault {

  private static final long LEAVE = 100L << 20;

  /** Requires a folder. */
  public DiskFill {
    Parameters.fromRoot("path", path);
    size.ifPresent(bytes -> Parameters.space("size", bytes, 1L << 20));
    leave.ifPresent(bytes -> Parameters.space("leave", bytes, 0));
  }

  @Override
  public Map<String, Strain> strains() {
    return Map.of(
        "disk",
        new Strain.Disk(
            path, size.map(Parameters::bytes), leave.map(Parameters::bytes).orElse(LEAVE)));
  }

  @Override
  public String words() {
    return "diskFill (%s)".formatted(strains().values().iterator().next().words());
  }
}
