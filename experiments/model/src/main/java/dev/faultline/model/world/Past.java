package dev.faultline.model.world;

import java.util.List;

/** What a source kept: the port to a time that is over. Implementations are thread-safe. */
public interface Past {

  /**
   * What would have been answered at each of these moments.
   *
   * @return an answer for each moment; where the source keeps no past, all are {@link
   *     Answer.Unanswered}
   */
  List<Answer> ask(Query query, Moments moments);
}
