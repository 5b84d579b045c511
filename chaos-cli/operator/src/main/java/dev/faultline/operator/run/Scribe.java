package dev.faultline.operator.run;

import dev.faultline.operator.course.Progress;
import dev.faultline.operator.course.Seen;
import dev.faultline.operator.course.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes down how a run goes, in the status of its object: what has changed, once a second at most.
 * While the API server is away it goes on trying. It notices when another replica has taken the
 * object over.
 */
final class Scribe implements AutoCloseable {

  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Parts parts;
  private final Progress progress;
  private final Status begun;
  private final Consumer<String> lost;
  private final Thread thread;
  private Seen object;
  private boolean taken;
  private long written;

  /**
   * A scribe of a run.
   *
   * @param object the object with the status by which this replica claims it
   * @param lost is told when the object is no longer this replica's
   */
  Scribe(Parts parts, Seen object, Progress progress, Consumer<String> lost) {
    this.parts = parts;
    this.object = object;
    this.begun = object.status();
    this.progress = progress;
    this.lost = lost;
    this.thread = Thread.ofVirtual().name("scribe").unstarted(this::follow);
  }

  Scribe start() {
    thread.start();
    return this;
  }

  private void follow() {
    while (Parts.pause(EVERY)) {
      long changes = progress.changes();
      if (changes != written && write(progress.of(begun))) {
        written = changes;
      }
    }
  }

  /** The status with all that is known by now. */
  Status status() {
    return progress.of(begun);
  }

  private synchronized boolean write(Status status) {
    if (taken) {
      return true;
    }
    try {
      Optional<Seen> after = parts.objects().write(object, status);
      if (after.isPresent()) {
        object = after.get();
        return true;
      }
      look();
    } catch (KubernetesClientException away) {
      return false;
    }
    return false;
  }

  /** Why a write came too late: somebody changed the object, or it is no longer ours. */
  private void look() {
    Optional<Seen> now = parts.objects().fresh(object.key());
    Optional<String> holder = now.flatMap(seen -> seen.status().holder());
    if (now.isEmpty() || !now.get().uid().equals(object.uid())) {
      lose("its object is gone");
    } else if (!holder.equals(begun.holder())) {
      lose("%s has taken it over".formatted(holder.orElse("somebody")));
    } else {
      object = now.get();
    }
  }

  private void lose(String why) {
    taken = true;
    lost.accept(why);
  }

  /** Writes the last status, and lets the object go, however long that takes. */
  void conclude(Status last) {
    close();
    boolean waits = true;
    while (waits && !write(last)) {
      waits = Parts.pause(EVERY);
    }
    while (waits && !taken && !let()) {
      waits = Parts.pause(EVERY);
    }
  }

  private synchronized boolean let() {
    try {
      if (parts.objects().keep(object, false).isPresent()) {
        return true;
      }
      Optional<Seen> now = parts.objects().fresh(object.key());
      now.ifPresent(seen -> object = seen);
      return now.isEmpty();
    } catch (KubernetesClientException away) {
      return false;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
