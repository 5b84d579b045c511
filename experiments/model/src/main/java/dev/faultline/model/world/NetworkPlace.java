package dev.faultline.model.world;

import java.util.Optional;

/**
 * A network of its own on a machine (a network namespace), in which packets can be disturbed.
 *
 * @param name what people call it
 * @param path its file, such as {@code /run/netns/shop}
 * @param process whose it is, where it is found by one; a path of another process is left alone
 */
public record NetworkPlace(String name, String path, Optional<ProcessRef> process) {

  /** In words, free of anything that differs between two runs of the same plan. */
  public String words() {
    return "the packets of " + name;
  }
}
