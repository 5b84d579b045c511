package dev.faultline.node.pod;

import dev.faultline.node.ProcessIdentity;
import dev.faultline.node.ProcessState;
import dev.faultline.node.host.HolderException;
import dev.faultline.node.host.HostLauncher;
import dev.faultline.node.host.HostMark;
import dev.faultline.node.host.HostOrder;
import dev.faultline.node.host.HostReading;
import dev.faultline.node.host.RunningHolder;
import dev.faultline.node.packet.engine.PacketRefused;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Something of what a container has, that a process in its control groups holds. That ends with
 * this one, and with the container: it is none of those that whoever ends the container knows. For
 * one thread, a platform thread that ends with this process.
 */
final class Straining {

  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final RunningHolder holder;
  private final ProcessIdentity first;

  private Straining(RunningHolder holder, ProcessIdentity first) {
    this.holder = holder;
    this.first = first;
  }

  /**
   * Begins; what is held can be read from now on.
   *
   * @throws PacketRefused when it cannot be held; then nothing is
   */
  static Straining begin(Containers containers, PodSettings settings, HostOrder what)
      throws PacketRefused {
    ProcessIdentity first = containers.processes(settings.container()).getFirst();
    HostLauncher launcher =
        new HostLauncher(
            Path.of(System.getProperty("java.home"), "bin", "java"),
            System.getProperty("java.class.path", ""));
    try {
      return new Straining(
          launcher.start(
              new HostMark(settings.run(), "container"),
              new HostOrder.Within(containers.proc(), first.pid(), settings.container(), what),
              settings.lease(),
              ANSWER),
          first);
    } catch (HolderException refused) {
      throw new PacketRefused(String.valueOf(refused.getMessage()), refused);
    }
  }

  /** Why it has ended by itself; empty while it goes on. */
  Optional<String> ended() {
    if (first.state() == ProcessState.GONE) {
      return Optional.of("the container has ended");
    }
    return holder.lives()
        ? Optional.empty()
        : Optional.of(
            "what held it is gone: "
                + holder.failure().orElse("killed, perhaps as the container had no memory left"));
  }

  /** Prolongs the lease to its full length; where it has ended, nothing is prolonged. */
  void renew() {
    try {
      holder.renew();
    } catch (HolderException gone) {
      // That is told by what follows.
      return;
    }
  }

  /**
   * What is held at this moment.
   *
   * @throws PacketRefused when that is not known
   */
  HostReading read() throws PacketRefused {
    try {
      return holder.read();
    } catch (HolderException gone) {
      throw new PacketRefused(String.valueOf(gone.getMessage()), gone);
    }
  }

  /** Ends it: nothing is held when this returns. */
  void end() {
    holder.close();
  }
}
