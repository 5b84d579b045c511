package dev.faultline.model.fault;

import dev.faultline.judge.Quantity;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.world.Strain;
import java.util.Optional;

/**
 * Keeps a disk busy: each worker writes its own file in pieces that it waits for until they are on
 * the disk, and then reads it back from there. The files have no names and do not grow.
 *
 * @param path a folder of the file system, from the root on; must be given
 * @param workers how many, from 1 to 32; 1 when absent
 * @param size how large the file of each worker is, from 1Mi to 16Ti; 64Mi when absent
 * @param leave how much stays free beside these files, or the fault is refused; from 16Mi to 16Ti;
 *     100Mi when absent
 */
public record DiskWork(
    String path, Optional<Integer> workers, Optional<Quantity> size, Optional<Quantity> leave) {

  private static final int MOST_WORKERS = 32;
  private static final long SIZE = 64L << 20;
  private static final long LEAVE = 100L << 20;

  /** Requires a folder. */
  public DiskWork {
    Parameters.fromRoot("path", path);
    if (workers.isPresent() && (workers.get() < 1 || workers.get() > MOST_WORKERS)) {
      throw new InvalidValue("workers", "'workers' must be from 1 to " + MOST_WORKERS);
    }
    size.ifPresent(bytes -> Parameters.space("size", bytes, 1L << 20));
    leave.ifPresent(bytes -> Parameters.space("leave", bytes, 16L << 20));
  }

  Strain strain() {
    return new Strain.Io(
        path,
        workers.orElse(1),
        size.map(Parameters::bytes).orElse(SIZE),
        leave.map(Parameters::bytes).orElse(LEAVE));
  }
}
