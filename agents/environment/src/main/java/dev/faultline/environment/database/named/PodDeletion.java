package dev.faultline.environment.database.named;

import dev.faultline.environment.database.named.Pods.Chosen;
import dev.faultline.environment.database.named.Pods.PodTrouble;
import dev.faultline.model.environment.FailoverMeans;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.FailoverKind;
import dev.faultline.model.world.FailoverWay;
import io.fabric8.kubernetes.client.Config;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Deletes the pod of the primary at once; an operator does the rest. Its kubelet still asks the
 * processes to end, and kills them some 2 s later.
 */
final class PodDeletion implements Means {

  private static final Set<FailoverKind> KINDS = Set.of(FailoverKind.CRASH);

  private final FailoverMeans.Kubernetes place;
  private final Supplier<Config> config;

  /** In the cluster that the user's kubeconfig names. */
  PodDeletion(FailoverMeans.Kubernetes place) {
    this(place, () -> Config.autoConfigure(place.context().orElse(null)));
  }

  PodDeletion(FailoverMeans.Kubernetes place, Supplier<Config> config) {
    this.place = place;
    this.config = config;
  }

  @Override
  public FailoverWay way() {
    try (Pods pods = pods()) {
      pods.one();
      pods.requireMayDelete();
      return new FailoverWay.ByHands(KINDS, "Kubernetes");
    } catch (PodTrouble trouble) {
      return new FailoverWay.Barred(KINDS, words(trouble));
    }
  }

  @Override
  public Map<String, String> settings() {
    try (Pods pods = pods()) {
      return Map.of("kubernetes.primary", "pod " + pods.one().name());
    } catch (PodTrouble trouble) {
      return Map.of("kubernetes.primary", "not known: " + trouble.getMessage());
    }
  }

  @Override
  public Effect take(FailoverKind kind, String node) {
    try (Pods pods = pods()) {
      Chosen primary = pods.one();
      return pods.delete(primary)
          ? new Effect.Done(
              "pod %s (%s) deleted without grace".formatted(primary.name(), primary.uid()))
          : new Effect.Superseded(
              "pod %s (%s) was replaced meanwhile".formatted(primary.name(), primary.uid()));
    } catch (PodTrouble trouble) {
      return new Effect.Failed(words(trouble));
    }
  }

  private static String words(PodTrouble trouble) {
    return "Kubernetes: " + trouble.getMessage();
  }

  private Pods pods() throws PodTrouble {
    Config found = config.get();
    if (place.context().isPresent()
        && (found.getCurrentContext() == null
            || !place.context().get().equals(found.getCurrentContext().getName()))) {
      throw new PodTrouble("the kubeconfig has no context " + place.context().get());
    }
    return new Pods(found, place);
  }
}
