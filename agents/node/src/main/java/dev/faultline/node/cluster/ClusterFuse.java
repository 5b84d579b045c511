package dev.faultline.node.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.faultline.node.cluster.ApiServer.Said;
import dev.faultline.node.http.json.Json;
import dev.faultline.node.http.json.NotJson;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The program of a fuse Job: it looks at the Lease of its run, and changes an object back when that
 * is no longer renewed.
 *
 * <p>Time is that of its own monotonic clock, from when it saw the Lease change last; clocks of
 * others do not matter. It acts only on an answer that shows the Lease unchanged, or gone: while
 * the API server is away it waits. Then it deletes what owns it, which removes all that was made
 * for it, itself as well.
 *
 * <p>Exits with 0 when the object carries no change of the run, with 1 when it could not be changed
 * back, so that the Job starts it again, and with 2 on arguments that are none.
 */
public final class ClusterFuse {

  private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
  private static final Duration SHORTEST_POLL = Duration.ofMillis(100);
  private static final Duration LONGEST_POLL = Duration.ofSeconds(1);
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final int TRIES = 30;
  private static final int USAGE = 2;
  private static final String WATCHING =
      "{\"metadata\":{\"annotations\":{\"faultline.dev/fuse\":\"watching\"}}}";

  private final ApiServer api;
  private final ClusterDuty duty;
  private final PrintStream out;

  ClusterFuse(ApiServer api, ClusterDuty duty, PrintStream out) {
    this.api = api;
    this.duty = duty;
    this.out = out;
  }

  /** Watches until there is nothing left to do. The arguments are {@link ClusterDuty}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    try {
      ClusterDuty duty = ClusterDuty.parse(List.of(arguments));
      System.exit(new ClusterFuse(ApiServer.of(ACCOUNT, System.getenv()), duty, out).run());
    } catch (IllegalArgumentException rubbish) {
      out.println("refused " + rubbish.getMessage());
      System.exit(USAGE);
    }
  }

  /** Watches, and acts once; gives the exit code. */
  int run() throws InterruptedException {
    awaitStale();
    out.println("the lease is no longer renewed");
    for (int tries = 0; tries < TRIES; tries++) {
      try {
        Optional<String> done = undo();
        if (done.isPresent()) {
          out.println(done.get());
          if (removed()) {
            return 0;
          }
        }
      } catch (IOException away) {
        out.println("the API server does not answer: " + away.getMessage());
      } catch (UnreadableNote foreign) {
        out.println("cannot be read: " + foreign.getMessage());
      }
      Thread.sleep(AGAIN);
    }
    out.println("given up");
    return 1;
  }

  /** Whether what owns this fuse is gone, and so all that was made for it. */
  private boolean removed() throws IOException, InterruptedException {
    Said removed = api.delete(duty.owner());
    if (removed.ok() || removed.isMissing()) {
      return true;
    }
    out.println("%s stays: %d".formatted(duty.owner(), removed.code()));
    return false;
  }

  /**
   * Ends when the Lease stood still for as long as it may, and an answer says that it still does.
   */
  private void awaitStale() throws InterruptedException {
    Duration tenth = duty.patience().dividedBy(10);
    Duration poll = tenth.compareTo(LONGEST_POLL) < 0 ? tenth : LONGEST_POLL;
    String seen = "";
    long since = System.nanoTime();
    boolean told = false;
    while (true) {
      try {
        Said lease = api.get(duty.lease());
        if (lease.isMissing()) {
          return;
        }
        Optional<String> renewed = lease.ok() ? renewed(lease.body()) : Optional.empty();
        if (renewed.isPresent() && !renewed.get().equals(seen)) {
          seen = renewed.get();
          since = System.nanoTime();
          told = told || tell();
        } else if (renewed.isPresent() && System.nanoTime() - since > duty.patience().toNanos()) {
          return;
        }
      } catch (IOException away) {
        out.println("the API server does not answer: " + away.getMessage());
      }
      Thread.sleep(poll.compareTo(SHORTEST_POLL) < 0 ? SHORTEST_POLL : poll);
    }
  }

  /** The object is looked at first: a fuse that may not even do that is none. */
  private boolean tell() throws IOException, InterruptedException {
    Said object = api.get(duty.marked().path());
    if (!object.ok()) {
      out.println("%s cannot be read: %d".formatted(duty.marked().path(), object.code()));
      return false;
    }
    return api.patch(duty.lease(), WATCHING).ok();
  }

  private static Optional<String> renewed(String lease) {
    try {
      return Tree.text(Json.parse(lease), "spec", "renewTime");
    } catch (NotJson torn) {
      return Optional.empty();
    }
  }

  /** One try; says what became of it, or nothing where it is to be tried again. */
  private Optional<String> undo() throws IOException, InterruptedException, UnreadableNote {
    ClusterDuty.Marked marked = duty.marked();
    Said seen = api.get(marked.path());
    if (seen.isMissing()) {
      return Optional.of("the object is gone");
    }
    if (!seen.ok()) {
      out.println("%s cannot be read: %d".formatted(marked.path(), seen.code()));
      return Optional.empty();
    }
    if (!uid(seen.body()).equals(Optional.of(marked.uid()))) {
      return Optional.of("the object was replaced by another");
    }
    Optional<ObjectUndo> undo = ObjectUndo.of(seen.body(), marked.run(), marked.mark());
    if (undo.isEmpty()) {
      return fenced() ? Optional.of("the object carries no change") : Optional.empty();
    }
    Said changed = api.patch(marked.path(), undo.get().patch());
    if (!changed.ok()) {
      out.println("%s was not changed back: %d".formatted(marked.path(), changed.code()));
      return Optional.empty();
    }
    return Optional.of(
        undo.get().left().isEmpty()
            ? "undone"
            : "superseded: " + String.join(", ", undo.get().left()));
  }

  private boolean fenced() throws IOException, InterruptedException {
    for (String patch : ObjectUndo.fence(duty.marked().run())) {
      Said said = api.patch(duty.marked().path(), patch);
      if (!said.ok() && !said.isMissing()) {
        return false;
      }
    }
    return true;
  }

  private static Optional<String> uid(String object) throws UnreadableNote {
    try {
      return Tree.text(Json.parse(object), "metadata", "uid");
    } catch (NotJson torn) {
      throw new UnreadableNote("not JSON: " + torn.getMessage());
    }
  }
}
