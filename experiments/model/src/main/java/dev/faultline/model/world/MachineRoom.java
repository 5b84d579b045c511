package dev.faultline.model.world;

import java.util.Optional;

/**
 * What a machine has left at one moment.
 *
 * @param cores how many cores we may use
 * @param memory how many bytes are available
 * @param disk the file system that was asked about
 * @param ports the ephemeral ports, where they were asked about
 */
public record MachineRoom(
    int cores, long memory, Optional<DiskRoom> disk, Optional<PortRoom> ports) {

  /**
   * The ports that programs get for connections of their own.
   *
   * @param all how many there are
   * @param descriptors how many descriptors a process may have
   */
  public record PortRoom(long all, long descriptors) {}

  /**
   * What a file system has left.
   *
   * @param free bytes that anybody can still write
   * @param journal whether the journal of the runs is on it
   * @param memory whether it is in memory, so that no disk is behind it
   */
  public record DiskRoom(long free, boolean journal, boolean memory) {}
}
