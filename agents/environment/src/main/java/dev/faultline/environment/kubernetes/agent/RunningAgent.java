package dev.faultline.environment.kubernetes.agent;

import dev.faultline.node.packet.PacketFault;
import dev.faultline.node.packet.PacketReading;
import dev.faultline.node.pod.PodOrders;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * An agent in a pod of its own. Orders go by an annotation of the pod, answers come by its log.
 * Each writing of orders is bound to those that stood there before, so that one which was given up
 * cannot come into force late, behind its undo: a fault whose putting failed is withdrawn by the
 * next order or renewal.
 */
final class RunningAgent implements PodDisturber {

  /** What the agent says about two revisions beside the readings of their faults. */
  private static final int TWO_REVISIONS = 12;

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final Duration BETWEEN_DOUBTS = Duration.ofSeconds(1);

  private final AgentPod pod;
  private final Duration timeout;
  private PodOrders orders = PodOrders.first();
  // Empty when a writing failed, so that it is not known what stands there.
  private Optional<PodOrders> written = Optional.of(orders);

  RunningAgent(AgentPod pod, Duration timeout) {
    this.pod = pod;
    this.timeout = timeout;
  }

  @Override
  public String name() {
    return pod.name();
  }

  @Override
  public synchronized void put(String fault, PacketFault what)
      throws AgentTrouble, InterruptedException {
    PodOrders before = orders;
    try {
      AgentLog answers = give(orders.with(fault, what));
      if (!answers.isInForce(fault)) {
        throw refused(answers);
      }
    } catch (AgentTrouble | InterruptedException trouble) {
      orders = new PodOrders(orders.revision(), before.faults());
      throw trouble;
    }
  }

  @Override
  public synchronized Optional<PacketReading> remove(String fault)
      throws AgentTrouble, InterruptedException {
    return give(orders.without(fault)).removed(fault);
  }

  @Override
  public synchronized Map<String, PacketReading> readings()
      throws AgentTrouble, InterruptedException {
    return give(orders.next()).readings();
  }

  @Override
  public synchronized void renew() throws AgentTrouble, InterruptedException {
    give(orders.next());
  }

  @Override
  public synchronized boolean end(Duration within) throws AgentTrouble, InterruptedException {
    pod.delete();
    return pod.awaitGone(within);
  }

  private AgentLog give(PodOrders next) throws AgentTrouble, InterruptedException {
    orders = next;
    Optional<PodOrders> instead = written;
    written = Optional.empty();
    pod.write(next, instead);
    written = Optional.of(next);
    AgentLog answers = await(next.revision());
    if (!answers.isRenewed()) {
      throw refused(answers);
    }
    return answers;
  }

  private AgentTrouble refused(AgentLog answers) {
    return AgentTrouble.of("the agent %s: %s".formatted(pod.words(), answers.refusal()));
  }

  private AgentLog await(long revision) throws AgentTrouble, InterruptedException {
    long began = System.nanoTime();
    long looked = began;
    int newest = TWO_REVISIONS + 2 * orders.faults().size();
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
}
