package dev.faultline.model.observation;

import dev.faultline.judge.Reading;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query;
import java.util.List;

/**
 * Something that a system does against trouble: it is looked at as often as the gates, recorded,
 * and explained in the report. It never has a part in the verdict.
 */
public sealed interface Observation permits Breaker, Retries, Fallback {

  /** What each number of a look is, in words, in the order of {@link #read}. */
  List<String> figures();

  /** The questions of one look, in the order in which {@link #read} wants the answers. */
  List<Query> queries();

  /** Makes a reading of each figure; never throws on a strange answer, which reads as blind. */
  List<Reading> read(List<Answer> answers);
}
