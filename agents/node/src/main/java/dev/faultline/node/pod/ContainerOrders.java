package dev.faultline.node.pod;

import java.util.List;
import java.util.Optional;

/**
 * What a controller wants of the agent of a container, all of it at once, as {@link PodOrders} do.
 *
 * <pre>
 * faultline-container 1
 * revision 12
 * work freeze                  (or kill, term, int, strain cpu 0.8 0; or nothing)
 * </pre>
 *
 * @param revision grows by each change and each renewal of the lease; at least 1
 * @param work what is done; empty for nothing
 */
public record ContainerOrders(long revision, Optional<ContainerWork> work) {

  private static final String VERSION = "faultline-container 1";
  private static final String REVISION = "revision ";
  private static final String WORK = "work ";
  private static final String NOTHING = "nothing";
  private static final int LINES = 3;

  /**
   * @throws IllegalArgumentException when the revision is below 1
   */
  public ContainerOrders {
    if (revision < 1) {
      throw new IllegalArgumentException("not a revision: " + revision);
    }
  }

  /** The first ones: nothing is done. */
  public static ContainerOrders first() {
    return new ContainerOrders(1, Optional.empty());
  }

  /** The next ones, with the same work: a renewal. A signal is not sent again by it. */
  public ContainerOrders next() {
    return new ContainerOrders(revision + 1, work);
  }

  /** The next ones, with this work. */
  public ContainerOrders with(ContainerWork what) {
    return new ContainerOrders(revision + 1, Optional.of(what));
  }

  /** The next ones, without work: what lasts ends. */
  public ContainerOrders without() {
    return new ContainerOrders(revision + 1, Optional.empty());
  }

  /** The text. */
  public String text() {
    return "%s\n%s%d\n%s%s\n"
        .formatted(
            VERSION, REVISION, revision, WORK, work.map(ContainerWork::word).orElse(NOTHING));
  }

  /**
   * Reads what {@link #text()} wrote, and nothing else.
   *
   * @throws IllegalArgumentException when it is anything else
   */
  public static ContainerOrders parse(String text) {
    List<String> lines = text.lines().toList();
    if (lines.size() != LINES
        || !lines.getFirst().equals(VERSION)
        || !lines.get(1).startsWith(REVISION)
        || !lines.get(2).startsWith(WORK)) {
      throw new IllegalArgumentException("not orders for the agent of a container");
    }
    String word = lines.get(2).substring(WORK.length());
    ContainerOrders orders =
        new ContainerOrders(
            Long.parseLong(lines.get(1).substring(REVISION.length())),
            word.equals(NOTHING) ? Optional.empty() : Optional.of(ContainerWork.of(word)));
    if (!orders.text().equals(text)) {
      throw new IllegalArgumentException("orders are not written in their one and only spelling");
    }
    return orders;
  }
}
