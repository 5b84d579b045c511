package dev.faultline.model.world;

import java.time.Duration;

/**
 * How an effect, or its end, is shown.
 *
 * @param query what is asked, again and again
 * @param expects what it must answer
 * @param within how long it may take to answer that
 */
public record Proof(Query query, Expectation expects, Duration within) {

  /** The same on another machine. */
  public Proof on(String host) {
    return new Proof(new Query.OnHost(host, query), expects, within);
  }

  /** The proof in words. */
  public String words() {
    return "%s is %s".formatted(query.text(), expects.words());
  }
}
