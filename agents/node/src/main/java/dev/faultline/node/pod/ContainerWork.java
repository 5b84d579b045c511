package dev.faultline.node.pod;

import dev.faultline.node.PosixSignal;
import dev.faultline.node.host.HostOrder;
import java.util.Locale;

/** What is done to a container. */
public sealed interface ContainerWork {

  /** What begins the orders to strain it. */
  String STRAIN = "strain ";

  /** As orders have it. */
  String word();

  /** All processes that it has stand still, as long as it is wanted. */
  record Freeze() implements ContainerWork {
    @Override
    public String word() {
      return "freeze";
    }
  }

  /** Its first process gets a signal, once: one that ends it. */
  record Signal(PosixSignal what) implements ContainerWork {
    /**
     * @throws IllegalArgumentException when the signal is not sent to containers
     */
    public Signal {
      if (what != PosixSignal.KILL && what != PosixSignal.TERM && what != PosixSignal.INT) {
        throw new IllegalArgumentException("no container is sent SIG" + what);
      }
    }

    @Override
    public String word() {
      return what.name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Something of what it has is taken, as long as it is wanted.
   *
   * @param what processor time or memory
   */
  record Strain(HostOrder what) implements ContainerWork {
    /**
     * @throws IllegalArgumentException when it is nothing that a container has of its own
     */
    public Strain {
      if (!(what instanceof HostOrder.Cpu || what instanceof HostOrder.Memory)) {
        throw new IllegalArgumentException("nothing that a container has of its own");
      }
    }

    @Override
    public String word() {
      return STRAIN + what.text();
    }
  }

  /**
   * The work of that word.
   *
   * @throws IllegalArgumentException when there is none
   */
  static ContainerWork of(String word) {
    if (word.startsWith(STRAIN)) {
      return new Strain(HostOrder.ofText(word.substring(STRAIN.length())));
    }
    return word.equals("freeze")
        ? new Freeze()
        : new Signal(PosixSignal.valueOf(word.toUpperCase(Locale.ROOT)));
  }
}
