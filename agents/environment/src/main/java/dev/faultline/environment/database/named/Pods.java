package dev.faultline.environment.database.named;

import dev.faultline.environment.database.sql.SqlTrouble;
import dev.faultline.model.environment.FailoverMeans;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;

/**
 * The pods that a selector chooses, as the API server has them. Each question to it may take 5 s
 * and is asked once.
 */
final class Pods implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 5_000;

  private final KubernetesClient client;
  private final String namespace;
  private final String selector;

  Pods(Config config, FailoverMeans.Kubernetes place) {
    Config bounded =
        new ConfigBuilder(config)
            .withConnectionTimeout(TIMEOUT_MILLIS)
            .withRequestTimeout(TIMEOUT_MILLIS)
            .withRequestRetryBackoffLimit(0)
            .build();
    this.client = new KubernetesClientBuilder().withConfig(bounded).build();
    this.namespace = place.namespace().orElse(client.getNamespace());
    this.selector = place.primary();
  }

  /** Why the API server did not do as it was asked. */
  static final class PodTrouble extends Exception {
    private static final long serialVersionUID = 1;

    PodTrouble(String words) {
      super(words);
    }
  }

  /** One pod; its name comes again with another uid. */
  record Chosen(String name, String uid) {}

  /**
   * The one pod that is chosen.
   *
   * @throws PodTrouble when there is none, or several
   */
  Chosen one() throws PodTrouble {
    List<ObjectMeta> found =
        ask(() -> client.pods().inNamespace(namespace).withLabelSelector(selector).list())
            .getItems()
            .stream()
            .map(Pod::getMetadata)
            .toList();
    if (found.size() == 1) {
      return new Chosen(found.getFirst().getName(), found.getFirst().getUid());
    }
    if (found.isEmpty() && isNamespaceMissing()) {
      throw new PodTrouble("there is no namespace " + namespace);
    }
    throw new PodTrouble(
        "%s in %s selects %d pods, and must select one%s"
            .formatted(
                selector,
                namespace,
                found.size(),
                found.isEmpty()
                    ? ""
                    : ": " + String.join(", ", found.stream().map(ObjectMeta::getName).toList())));
  }

  /** Few may look at namespaces; who may not is none the wiser. */
  private boolean isNamespaceMissing() throws PodTrouble {
    try {
      return client.namespaces().withName(namespace).get() == null;
    } catch (KubernetesClientException refused) {
      if (refused.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
        return false;
      }
      throw trouble(refused);
    }
  }

  /**
   * Refuses a user who may not delete pods here.
   *
   * @throws PodTrouble when so, with the server's reason
   */
  void requireMayDelete() throws PodTrouble {
    SelfSubjectAccessReview question =
        new SelfSubjectAccessReviewBuilder()
            .withNewSpec()
            .withNewResourceAttributes()
            .withNamespace(namespace)
            .withVerb("delete")
            .withResource("pods")
            .endResourceAttributes()
            .endSpec()
            .build();
    SelfSubjectAccessReview answer =
        ask(() -> client.authorization().v1().selfSubjectAccessReview().create(question));
    if (!Boolean.TRUE.equals(answer.getStatus().getAllowed())) {
      throw new PodTrouble("the user of the kubeconfig may not delete pods in " + namespace);
    }
  }

  /**
   * Deletes a pod without grace, unless another one has its name by now.
   *
   * @return whether it was still there
   */
  boolean delete(Chosen pod) throws PodTrouble {
    DeleteOptions options =
        new DeleteOptionsBuilder()
            .withGracePeriodSeconds(0L)
            .withNewPreconditions()
            .withUid(pod.uid())
            .endPreconditions()
            .build();
    String path = "/api/v1/namespaces/%s/pods/%s".formatted(namespace, pod.name());
    try {
      client.raw(path, "DELETE", options);
      return true;
    } catch (KubernetesClientException refused) {
      if (refused.getCode() == HttpURLConnection.HTTP_CONFLICT
          || refused.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return false;
      }
      throw trouble(refused);
    }
  }

  private interface Question<T> {
    T answer();
  }

  private <T> T ask(Question<T> question) throws PodTrouble {
    try {
      return question.answer();
    } catch (KubernetesClientException failure) {
      throw trouble(failure);
    }
  }

  private PodTrouble trouble(KubernetesClientException failure) {
    if (failure.getStatus() != null && failure.getStatus().getMessage() != null) {
      return new PodTrouble(SqlTrouble.line(failure.getStatus().getMessage()));
    }
    return new PodTrouble(
        "%s does not answer: %s".formatted(client.getMasterUrl(), SqlTrouble.line(why(failure))));
  }

  /** The deepest words; the client's own repeat what was asked. */
  private static String why(KubernetesClientException failure) {
    String words = "no connection";
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      words = Optional.ofNullable(cause.getMessage()).orElse(words);
    }
    return words;
  }

  @Override
  public void close() {
    client.close();
  }
}
