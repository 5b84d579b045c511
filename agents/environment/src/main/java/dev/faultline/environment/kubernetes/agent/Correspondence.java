package dev.faultline.environment.kubernetes.agent;

import java.time.Duration;
import java.util.Optional;

/**
 * What is said between a controller and an agent in a pod of its own: orders go by an annotation of
 * the pod, answers come by its log. Each writing of orders is bound to those that stood there
 * before, so that one which was given up cannot come into force late, behind its undo. Not
 * thread-safe.
 */
final class Correspondence {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final Duration BETWEEN_DOUBTS = Duration.ofSeconds(1);

  private final AgentPod pod;
  private final Duration timeout;
  // Empty when a writing failed, so that it is not known what stands there.
  private Optional<String> written;

  /**
   * With an agent that is ready.
   *
   * @param first the orders that its pod was made with
   */
  Correspondence(AgentPod pod, Duration timeout, String first) {
    this.pod = pod;
    this.timeout = timeout;
    this.written = Optional.of(first);
  }

  AgentPod pod() {
    return pod;
  }

  /**
   * Gives orders and waits for the answers.
   *
   * @param revision that of the orders, by which the answers are known
   * @param newest how many lines of the log have the answers in any case
   * @throws AgentTrouble when they are not answered, or the lease was not renewed by them
   */
  AgentLog give(String orders, long revision, int newest)
      throws AgentTrouble, InterruptedException {
    write(orders);
    return answers(revision, newest);
  }

  /**
   * Gives orders, and waits for nothing.
   *
   * @throws AgentTrouble when they could not be given
   */
  void write(String orders) throws AgentTrouble {
    Optional<String> instead = written;
    written = Optional.empty();
    pod.write(orders, instead);
    written = Optional.of(orders);
  }

  /**
   * Waits for the answers to orders that were given, or to later ones; others may be given
   * meanwhile.
   *
   * @param revision that of the orders, by which the answers are known
   * @param newest how many lines of the log have the answers in any case
   * @throws AgentTrouble when they are not answered, or the lease was not renewed by them
   */
  AgentLog answers(long revision, int newest) throws AgentTrouble, InterruptedException {
    AgentLog answers = await(revision, newest);
    if (!answers.isRenewed()) {
      throw refused(answers);
    }
    return answers;
  }

  /** What an agent says that does not obey. */
  AgentTrouble refused(AgentLog answers) {
    return AgentTrouble.of("the agent %s: %s".formatted(pod.words(), answers.refusal()));
  }

  private AgentLog await(long revision, int newest) throws AgentTrouble, InterruptedException {
    long began = System.nanoTime();
    long looked = began;
    while (true) {
      AgentLog log = pod.log(newest);
      Optional<AgentLog> answers = log.answers(revision);
      if (answers.isPresent()) {
        return answers.get();
      }
      if (log.hasEnded()) {
        throw over(log.lastWords());
      }
      // An agent that was killed says nothing; its node does.
      if (System.nanoTime() - looked > BETWEEN_DOUBTS.toNanos()) {
        looked = System.nanoTime();
        Optional<String> ended = pod.look().ended();
        if (ended.isPresent()) {
          throw over(ended.get());
        }
      }
      if (System.nanoTime() - began > timeout.toNanos()) {
        throw AgentTrouble.of(
            "the agent %s does not answer within %d s".formatted(pod.words(), timeout.toSeconds()));
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
  }

  private AgentTrouble over(String why) {
    return AgentTrouble.over("the agent %s has ended: %s".formatted(pod.words(), why));
  }

  /** Ends the agent; says whether the cluster says so, too. */
  boolean end(Duration within) throws AgentTrouble, InterruptedException {
    pod.delete();
    return pod.awaitGone(within);
  }
}
