package dev.faultline.environment.kubernetes.agent;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;

/** Why an agent does not do as it was told, in words for the user. */
public final class AgentTrouble extends Exception {

  private static final long serialVersionUID = 1;

  private final boolean over;

  private AgentTrouble(String words, boolean over) {
    super(words);
    this.over = over;
  }

  /** The agent is there, or may be, but did not answer or would not. */
  public static AgentTrouble of(String words) {
    return new AgentTrouble(words, false);
  }

  /** The agent is gone, and with it all that it did. */
  public static AgentTrouble over(String words) {
    return new AgentTrouble(words, true);
  }

  /** What the API server says, or that it says nothing. */
  public static AgentTrouble of(KubernetesClientException failure) {
    AgentTrouble trouble = of(words(failure));
    trouble.initCause(failure);
    return trouble;
  }

  /** Whether the agent has ended, so that nothing of it is in force. */
  public boolean isOver() {
    return over;
  }

  /** Whether the user may not ask or do that. */
  public boolean isForbidden() {
    return getCause() instanceof KubernetesClientException failure
        && failure.getCode() == HttpURLConnection.HTTP_FORBIDDEN;
  }

  /** What the API server says; else the deepest words, as the client's own repeat the question. */
  private static String words(KubernetesClientException failure) {
    if (failure.getStatus() != null && failure.getStatus().getMessage() != null) {
      return oneLine(failure.getStatus().getMessage());
    }
    String words = Optional.ofNullable(failure.getMessage()).orElse("no connection");
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      words = Optional.ofNullable(cause.getMessage()).orElse(words);
    }
    return "the API server does not answer: " + oneLine(words);
  }

  private static String oneLine(String words) {
    return words.strip().replaceAll("\\s+", " ");
  }
}
