package dev.faultline.model.world;

import java.util.Optional;

/**
 * What a machine has left at one moment.
 *
 * @param cores how many cores we may use
 * @param memory how many bytes are available
 * @param disk the file system that was asked about
 */
public record MachineRoom(int cores, long memory, Optional<DiskRoom> disk) {

  /**
   * What a file system has left.
   *
   * @param free bytes that anybody can still write
   * @param journal whether the journal of the runs is on it
   * @param memory whether it is in memory, so that no disk is behind it
   */
  public record DiskRoom(long free, boolean journal, boolean memory) {}
}
