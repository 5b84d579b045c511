package dev.faultline.operator.cluster;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * By what replicas know of each other: each that makes runs renews a Lease of its own. Whether
 * another one is gone is judged by the clock of who looks, and only over the time in which the API
 * server answered: while it is away, nobody is gone. Thread-safe.
 */
public final class SignsOfLife {

  private static final Duration RENEWED_EVERY = Duration.ofSeconds(3);
  private static final Duration GONE_AFTER = Duration.ofSeconds(15);

  /** Between looks that are farther apart, the API server may have been away. */
  private static final Duration FARTHEST = Duration.ofSeconds(6);

  private static final int MISSING = 404;
  private static final int TAKEN = 409;

  private final KubernetesClient client;
  private final String namespace;
  private final String me;
  private final LongSupplier nanos;
  private final Map<String, Silence> silences = new HashMap<>();
  private long renewed;
  private boolean shown;

  /** How long a sign has been the same. */
  private record Silence(String sign, long seen, long length) {}

  /**
   * Signs in a namespace.
   *
   * @param me this replica
   * @param nanos a monotonic clock
   */
  public SignsOfLife(KubernetesClient client, String namespace, String me, LongSupplier nanos) {
    this.client = client;
    this.namespace = namespace;
    this.me = me;
    this.nanos = nanos;
  }

  /**
   * Shows that this replica lives, where that is due.
   *
   * @throws KubernetesClientException when the API server does not take it
   */
  public synchronized void show() {
    long now = nanos.getAsLong();
    if (shown && now - renewed < RENEWED_EVERY.toNanos()) {
      return;
    }
    String time = time();
    try {
      var _ = lease(me).patch("{\"spec\": {\"renewTime\": \"%s\"}}".formatted(time));
    } catch (KubernetesClientException none) {
      if (none.getCode() != MISSING) {
        throw none;
      }
      make();
    }
    renewed = now;
    shown = true;
  }

  private void make() {
    Lease mine =
        new LeaseBuilder()
            .withNewMetadata()
            .withName(name(me))
            .addToLabels("app.kubernetes.io/managed-by", "faultline")
            .addToLabels("app.kubernetes.io/component", "operator")
            .endMetadata()
            .withNewSpec()
            .withHolderIdentity(me)
            .withLeaseDurationSeconds((int) GONE_AFTER.toSeconds())
            .withRenewTime(Instant.now().atZone(ZoneOffset.UTC))
            .endSpec()
            .build();
    try {
      var _ = client.leases().inNamespace(namespace).resource(mine).create();
    } catch (KubernetesClientException twice) {
      if (twice.getCode() != TAKEN) {
        throw twice;
      }
    }
  }

  private static String time() {
    return DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'")
        .withZone(ZoneOffset.UTC)
        .format(Instant.now());
  }

  /**
   * Whether another replica shows no sign of life any more. To be asked every few seconds.
   *
   * @throws KubernetesClientException when the API server does not answer
   */
  public synchronized boolean gone(String other) {
    Lease lease = lease(other).get();
    String sign =
        lease == null || lease.getSpec().getRenewTime() == null
            ? "none"
            : lease.getSpec().getRenewTime().toString();
    long now = nanos.getAsLong();
    Silence last = silences.getOrDefault(other, new Silence("", now, 0));
    long since = now - last.seen();
    long length =
        !last.sign().equals(sign) ? 0 : last.length() + (since <= FARTHEST.toNanos() ? since : 0);
    silences.put(other, new Silence(sign, now, length));
    return length >= GONE_AFTER.toNanos();
  }

  /** Forgets a replica that is gone, with its Lease. */
  public synchronized void bury(String other) {
    silences.remove(other);
    var _ = lease(other).delete();
  }

  private Resource<Lease> lease(String whose) {
    return client.leases().inNamespace(namespace).withName(name(whose));
  }

  private static String name(String whose) {
    return "faultline-operator-" + whose;
  }
}
