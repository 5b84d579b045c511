package dev.faultline.engine.audit;

import java.util.Optional;

/**
 * Who did something, as far as the machine knows.
 *
 * @param user the user of the operating system
 * @param host the machine
 * @param actor on whose behalf, as a build server or sudo says: {@code github:octocat}
 */
public record Who(String user, String host, Optional<String> actor) {

  /** Keeps the parts short. */
  public Who {
    user = Act.cut(user);
    host = Act.cut(host);
    actor = actor.map(Act::cut);
  }

  /** In a few words. */
  public String words() {
    return user + "@" + host + actor.map(" for "::concat).orElse("");
  }
}
