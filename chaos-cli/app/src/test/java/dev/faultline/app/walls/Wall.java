package dev.faultline.app.walls;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/**
 * One rule.
 *
 * @param promise what holds, as a sentence
 * @param broken sources that break it, to show that the rule can fail
 */
record Wall(String promise, ArchRule rule, List<String> broken) {

  static Wall that(String promise, ArchRule rule, String... broken) {
    return new Wall(promise, rule.allowEmptyShould(true), List.of(broken));
  }
}
