package dev.faultline.environment.kubernetes;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.environment.Kubernetes;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Effect;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a detached fuse runs to send all traffic of two versions back to stable, by the notes that
 * the objects of their route carry. It tries for as long as a fuse lets a program run.
 *
 * @param place the cluster, its context and namespace among it: another that is the current one by
 *     then is not meant
 * @param base the folder that a relative path of a kubeconfig starts from
 * @param run whose notes are meant
 * @param mark of the notes
 * @param route an object of the route: one that is there for sure in this cluster
 */
public record SplitFuse(Kubernetes place, Path base, String run, String mark, ObjectRef route) {

  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Duration LAST_TRY = Duration.ofMinutes(8);
  private static final Duration STABLE_STARTS = Duration.ofSeconds(60);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
  private static final List<String> SMALL_JVM =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx96m", "-XX:-UsePerfData");

  /** Ends with 0 when nothing of the run is left to take back. */
  public static void main(String[] arguments) throws InterruptedException {
    SplitFuse fuse =
        new SplitFuse(
            Codec.json().readValue(arguments[0], Kubernetes.class),
            Path.of(arguments[1]),
            arguments[2],
            arguments[3],
            new ObjectRef(
                ObjectKind.valueOf(arguments[4]), arguments[5], arguments[6], arguments[7]));
    System.exit(fuse.blow() ? 0 : 1);
  }

  /** The program with its arguments, as an action of a fuse. */
  Action.RunCommand program(Path java) {
    List<String> argv = new ArrayList<>(List.of(java.toString()));
    argv.addAll(SMALL_JVM);
    argv.addAll(List.of("-cp", classPath(), SplitFuse.class.getName()));
    argv.add(Codec.json().writeValueAsString(place));
    argv.addAll(List.of(base.toAbsolutePath().toString(), run, mark));
    argv.addAll(List.of(route.kind().name(), route.namespace(), route.name(), route.uid()));
    return new Action.RunCommand(argv, LONGEST);
  }

  /** That of this process, from whatever folder. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path", "").split(File.pathSeparator, -1))
        .map(one -> Path.of(one).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private boolean blow() throws InterruptedException {
    long began = System.nanoTime();
    while (System.nanoTime() - began < LAST_TRY.toNanos()) {
      if (!(takeBack() instanceof Effect.Failed)) {
        return true;
      }
      Thread.sleep(BETWEEN_TRIES);
    }
    return false;
  }

  private Effect takeBack() {
    try (Api api = new Api(Clusters.config(place, base), place.namespace())) {
      requireThere(api);
      Marks.Found found = new Marks.Found(route, run, mark);
      return route.kind() == ObjectKind.DEPLOYMENT
          ? new ReplicaSplit(api, run, STABLE_STARTS).takeBack(found)
          : weights(api, found);
    } catch (ApiTrouble trouble) {
      return trouble.failed();
    } catch (RuntimeException unreadable) {
      return new ApiTrouble(BlindReason.MALFORMED, "" + unreadable.getMessage()).failed();
    }
  }

  private Effect weights(Api api, Marks.Found found) throws ApiTrouble {
    Effect back = new Reversal(api, run).of(found);
    if (back instanceof Effect.Failed) {
      return back;
    }
    Effect pods = new CanaryPods(api, run).settle(mark.substring(SplitSide.MARK.length()));
    return pods instanceof Effect.Failed ? pods : back;
  }

  private void requireThere(Api api) throws ApiTrouble {
    Reply seen = api.get(ApiPaths.of(route));
    if (!seen.ok()) {
      throw seen.trouble();
    }
    if (!Marks.ref(route.kind(), seen.json().path("metadata")).equals(route)) {
      throw new ApiTrouble(BlindReason.REFUSED, route.words() + " was replaced by another");
    }
  }

  /** The cluster that an API is that of, whatever becomes the current one. */
  static Kubernetes fixed(Kubernetes place, Api api) {
    return new Kubernetes(
        place.context().or(api::context),
        Optional.of(api.namespace()),
        place.kubeconfig(),
        Optional.empty(),
        Optional.empty());
  }
}
