package dev.faultline.testkit;

import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.ContainerStrain;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.MachineRoom;
import dev.faultline.model.world.MachineRoom.DiskRoom;
import dev.faultline.model.world.MachineRoom.PortRoom;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Strain;
import dev.faultline.model.world.StrainReading;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A machine with four cores, 8 GiB of memory and a disk of 10 GiB beside that of the journal. */
final class FakeMachine {

  private static final int CORES = 4;
  private static final long GIBI = 1L << 30;
  private static final long MEMORY = 8 * GIBI;
  private static final long DISK = 10 * GIBI;
  private static final int PORTS = 28_232;

  private final Map<String, Held> held = new TreeMap<>();

  private record Held(Action.HoldStrain order, Duration renewed) {}

  Effect hold(Action.HoldStrain order, Duration now) {
    held.put(order.name(), new Held(order, now));
    return new Effect.Done("held");
  }

  Effect end(Action.EndStrain order) {
    held.remove(order.name());
    return new Effect.Done("free");
  }

  void endAll() {
    held.clear();
  }

  void renew(Duration now) {
    held.replaceAll((_, one) -> new Held(one.order(), now));
  }

  /** What was not renewed in time ends by itself. */
  void settle(Duration now) {
    held.values().removeIf(one -> now.minus(one.renewed()).compareTo(one.order().lease()) >= 0);
  }

  Answer status(Query.StrainStatus query) {
    StrainReading reading =
        held.containsKey(query.name())
            ? reading(query.what())
            : StrainReading.free((double) (query.what().path().isPresent() ? DISK : MEMORY));
    return new Answer.StrainIs(query.what(), reading);
  }

  private static StrainReading reading(Strain strain) {
    return switch (strain) {
      case Strain.Cpu cpu -> {
        double cores = cpu.share() * cpu.cores().orElse(CORES);
        yield new StrainReading(true, cores, cores, CORES - cores);
      }
      case ContainerStrain _ -> throw new IllegalStateException("containers are in clusters");
      case Strain.Memory memory -> bytes(memory.bytes(), MEMORY);
      case Strain.Disk disk -> {
        long taken = disk.size().orElse(DISK - disk.leave());
        yield bytes(taken, DISK);
      }
      case Strain.Io io ->
          new StrainReading(true, 0, 1 << 20, (double) (DISK - io.workers() * io.size()));
      case Strain.Ports ports -> new StrainReading(true, 0, PORTS - ports.leave(), ports.leave());
    };
  }

  private static StrainReading bytes(long taken, long all) {
    return new StrainReading(true, (double) taken, (double) taken, (double) (all - taken));
  }

  Answer room(Query.RoomFor query) {
    return new Answer.RoomIs(
        new MachineRoom(
            CORES,
            MEMORY,
            query
                .what()
                .path()
                .map(
                    path ->
                        new DiskRoom(
                            DISK, path.startsWith("/journal"), path.startsWith("/dev/shm"))),
            Optional.of(new PortRoom(PORTS, 1 << 20))));
  }

  List<String> residue() {
    return held.keySet().stream().map("strain "::concat).toList();
  }
}
