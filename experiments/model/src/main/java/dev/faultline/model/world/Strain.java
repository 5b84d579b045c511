package dev.faultline.model.world;

import dev.faultline.model.world.MachineRoom.DiskRoom;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What is taken from a machine, and held by a process of Faultline's own as long as it lives. */
public sealed interface Strain
    permits Strain.Cpu, Strain.Memory, Strain.Disk, Strain.Io, Strain.Ports, ContainerStrain {

  /** What is asked for, in words such as {@code 2 cores busy at 80%}. */
  String words();

  /** Why this machine must not be strained so; empty when it may be. */
  Optional<String> refusal(MachineRoom room);

  /** Whether what was measured shows that it is held. */
  boolean shownBy(StrainReading reading);

  /** What was measured, in words. */
  String measured(StrainReading reading);

  /** How long it may take until it is held. */
  Duration heldWithin();

  /** The path whose file system is concerned, if any is. */
  default Optional<String> path() {
    return Optional.empty();
  }

  /** What the machine has left, in words; nothing where that is not known at once. */
  default String left(StrainReading reading) {
    return "";
  }

  /** What was measured in words, or that nothing is held. */
  default String told(StrainReading reading) {
    return reading.holding() ? measured(reading) : "nothing is held" + left(reading);
  }

  /**
   * Processor time.
   *
   * @param share of the time of each core, above 0 and at most 1
   * @param cores how many; all when empty
   */
  record Cpu(double share, Optional<Integer> cores) implements Strain {

    private static final double NEARLY = 0.9;
    private static final double SOME = 0.2;

    @Override
    public String words() {
      return "%s busy at %s"
          .formatted(
              cores.map(number -> Spelled.count(number, "core")).orElse("all cores"),
              Spelled.share(share));
    }

    @Override
    public Optional<String> refusal(MachineRoom room) {
      return cores
          .filter(number -> number > room.cores())
          .map(
              number ->
                  "%s are asked for, and this machine has %d"
                      .formatted(Spelled.count(number, "core"), room.cores()));
    }

    /** It has what was asked for; or it has some of it, and others took the rest. */
    @Override
    public boolean shownBy(StrainReading reading) {
      boolean allTaken =
          reading.left() <= (1 - NEARLY) * reading.asked()
              && reading.held() >= SOME * reading.asked();
      return reading.holding()
          && reading.asked() > 0
          && (reading.held() >= NEARLY * reading.asked() || allTaken);
    }

    @Override
    public String measured(StrainReading reading) {
      return String.format(
          Locale.ROOT,
          "the time of %.2f cores is used, of %.2f asked; %.2f cores are idle",
          reading.held(),
          reading.asked(),
          reading.left());
    }

    @Override
    public Duration heldWithin() {
      return Duration.ofSeconds(15);
    }
  }

  /**
   * Memory that is really touched.
   *
   * @param bytes how much
   * @param leave how much must stay available
   */
  record Memory(long bytes, long leave) implements Strain {

    private static final double NEARLY = 0.98;
    private static final long PER_SECOND = 100L << 20;

    @Override
    public String words() {
      return "%s of memory, while %s stay available"
          .formatted(Spelled.size(bytes), Spelled.size(leave));
    }

    @Override
    public Optional<String> refusal(MachineRoom room) {
      return room.memory() - bytes >= leave
          ? Optional.empty()
          : Optional.of(
              "%s of memory are available: with %s taken, less than %s would stay (leave)"
                  .formatted(
                      Spelled.amount(room.memory()), Spelled.size(bytes), Spelled.size(leave)));
    }

    @Override
    public boolean shownBy(StrainReading reading) {
      return reading.holding() && reading.held() >= NEARLY * bytes;
    }

    @Override
    public String measured(StrainReading reading) {
      return "%s are resident%s".formatted(Spelled.amount(reading.held()), left(reading));
    }

    @Override
    public String left(StrainReading reading) {
      return ", %s are available".formatted(Spelled.amount(reading.left()));
    }

    @Override
    public Duration heldWithin() {
      return Duration.ofSeconds(15 + bytes / PER_SECOND);
    }
  }

  /**
   * Space of a file system.
   *
   * @param at a folder of it
   * @param size how much; all but what must stay free when empty
   * @param leave how much must stay free
   */
  record Disk(String at, Optional<Long> size, long leave) implements Strain {

    private static final double NEARLY = 0.98;
    private static final double SLACK = 0.01;
    private static final long PIECE = 1L << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Override
    public Optional<String> path() {
      return Optional.of(at);
    }

    @Override
    public String words() {
      return "%s of the file system of %s, while %s stay free"
          .formatted(size.map(Spelled::size).orElse("all"), at, Spelled.size(leave));
    }

    @Override
    public Optional<String> refusal(MachineRoom room) {
      return room.disk()
          .flatMap(
              disk ->
                  disk.journal()
                      ? Optional.of(
                          "%s is on the file system of the runs' journal, without which no fault is"
                                  .formatted(at)
                              + " safely undone; name another, or move the journal"
                              + " (XDG_STATE_HOME)")
                      : tooSmall(disk));
    }

    private Optional<String> tooSmall(DiskRoom disk) {
      long wanted = size.orElse(PIECE);
      return disk.free() - wanted >= leave
          ? Optional.empty()
          : Optional.of(
              "%s are free at %s: with %s taken, less than %s would stay (leave)"
                  .formatted(
                      Spelled.amount(disk.free()), at, Spelled.size(wanted), Spelled.size(leave)));
    }

    @Override
    public boolean shownBy(StrainReading reading) {
      return reading.holding()
          && size.map(asked -> reading.held() >= NEARLY * asked)
              .orElseGet(() -> reading.left() <= leave + PIECE + SLACK * reading.held());
    }

    @Override
    public String measured(StrainReading reading) {
      return "%s are held%s".formatted(Spelled.amount(reading.held()), left(reading));
    }

    @Override
    public String left(StrainReading reading) {
      return ", %s are free".formatted(Spelled.amount(reading.left()));
    }

    @Override
    public Duration heldWithin() {
      return PATIENCE;
    }
  }

  /**
   * The time of a disk.
   *
   * @param at a folder of its file system
   * @param workers how many write and read at the same time
   * @param size how large the file of each is
   * @param leave how much must stay free beside the files
   */
  record Io(String at, int workers, long size, long leave) implements Strain {

    private static final long PER_SECOND = 20L << 20;

    @Override
    public Optional<String> path() {
      return Optional.of(at);
    }

    @Override
    public String words() {
      return "%s that write, sync and read %s each at %s, while %s stay free"
          .formatted(Spelled.count(workers, "worker"), Spelled.size(size), at, Spelled.size(leave));
    }

    @Override
    public Optional<String> refusal(MachineRoom room) {
      return room.disk()
          .flatMap(
              disk ->
                  disk.memory()
                      ? Optional.of(
                          "%s is in memory: there is no disk to be kept busy; name another"
                              .formatted(at))
                      : tooSmall(disk));
    }

    private Optional<String> tooSmall(DiskRoom disk) {
      // Not their product: that may be more than a number holds.
      return (disk.free() - leave) / workers >= size
          ? Optional.empty()
          : Optional.of(
              "%s are free at %s: with %s of %s, less than %s would stay (leave)"
                  .formatted(
                      Spelled.amount(disk.free()),
                      at,
                      Spelled.count(workers, "file"),
                      Spelled.size(size),
                      Spelled.size(leave)));
    }

    @Override
    public boolean shownBy(StrainReading reading) {
      return reading.holding() && reading.held() > 0;
    }

    @Override
    public String measured(StrainReading reading) {
      return "%s a second are written to the disk%s"
          .formatted(Spelled.amount(reading.held()), left(reading));
    }

    @Override
    public String left(StrainReading reading) {
      return ", %s are free".formatted(Spelled.amount(reading.left()));
    }

    /** Where space cannot be set aside, each file is written once before it is worked on. */
    @Override
    public Duration heldWithin() {
      return Duration.ofSeconds(60 + size / PER_SECOND * workers);
    }
  }

  /**
   * The ports of TCP that programs get for connections of their own.
   *
   * @param leave how many stay free at most
   * @param network the path of the network namespace; that of the machine when empty
   */
  record Ports(int leave, Optional<String> network) implements Strain {

    /** What a process needs beside its sockets. */
    private static final int OTHER_DESCRIPTORS = 100;

    @Override
    public String words() {
      return "all ephemeral ports%s, while %d stay free"
          .formatted(network.map(" of "::concat).orElse(""), leave);
    }

    @Override
    public Optional<String> refusal(MachineRoom room) {
      return room.ports().flatMap(this::refusal);
    }

    private Optional<String> refusal(MachineRoom.PortRoom room) {
      long taken = room.all() - leave;
      if (taken <= 0) {
        return Optional.of(
            "there are %d ephemeral ports (net.ipv4.ip_local_port_range), and %d are to stay free"
                .formatted(room.all(), leave));
      }
      return taken + OTHER_DESCRIPTORS <= room.descriptors()
          ? Optional.empty()
          : Optional.of(
              "a descriptor is needed for each of %d ports, and a process may have %d (ulimit -Hn)"
                  .formatted(taken, room.descriptors()));
    }

    @Override
    public boolean shownBy(StrainReading reading) {
      return reading.holding() && reading.held() > 0 && reading.left() <= leave;
    }

    @Override
    public String measured(StrainReading reading) {
      return "%s held, %s free"
          .formatted(Spelled.count(Math.round(reading.held()), "port"), Math.round(reading.left()));
    }

    @Override
    public Duration heldWithin() {
      return Duration.ofSeconds(60);
    }
  }
}
