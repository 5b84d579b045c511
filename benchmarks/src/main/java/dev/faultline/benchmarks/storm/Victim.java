package dev.faultline.benchmarks.storm;

import java.util.Locale;

/** What is killed with -9 while a fault is in force. */
enum Victim {
  /** The process of {@code faultline run}. */
  CONTROLLER,
  /** The first process of an agent's pod, or of a fuse's. */
  AGENT,
  /** A node with all of its processes; it boots again after some seconds. */
  NODE,
  /** The API server; it is started again after some seconds. */
  API_SERVER;

  String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
