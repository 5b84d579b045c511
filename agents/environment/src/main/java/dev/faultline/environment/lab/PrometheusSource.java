package dev.faultline.environment.lab;

import dev.faultline.environment.lives.Deadline;
import dev.faultline.environment.lives.Tools;
import java.io.IOException;
import java.nio.file.Path;

/** A way to come by the program of Prometheus. */
interface PrometheusSource {

  /** The name of the way, fit for a folder; another version gets another name. */
  String name();

  /** What is about to happen, in words. */
  String announcement();

  /**
   * Puts the program into a folder as {@code prometheus}.
   *
   * @param folder an empty one, for whatever else is needed too
   * @throws IOException when it is not to be had this way
   */
  void fetch(Path folder, Tools tools, Deadline deadline) throws IOException, InterruptedException;
}
