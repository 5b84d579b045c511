package dev.faultline.app;

import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.file.Loader;
import dev.faultline.engine.file.Manifest;
import dev.faultline.engine.file.ManifestFiles;
import dev.faultline.policy.Breach;
import dev.faultline.policy.Rulebook;
import dev.faultline.policy.Subject;
import dev.faultline.reports.stage.Problem;
import dev.faultline.reports.stage.Rule;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds what is to be released to the policies of its user.
 *
 * @param rulebook their rules
 * @param checkout what files are named from
 */
record GateManifests(Rulebook rulebook, Checkout checkout) {

  /** What breaks a rule in the manifests of some files, and of the files in folders. */
  List<Problem> judge(List<String> places, Instant now)
      throws InvalidFile, UsageError, IOException {
    ManifestFiles files = new ManifestFiles(new Loader());
    List<Problem> problems = new ArrayList<>();
    for (String file : YamlFiles.of(places)) {
      for (Manifest manifest : files.load(file)) {
        for (Breach breach : rulebook.judge(Subject.of(manifest, now))) {
          problems.add(problem(manifest, breach));
        }
      }
    }
    return problems;
  }

  private Problem problem(Manifest manifest, Breach breach) {
    String words = "%s: %s".formatted(manifest.words(), breach.words());
    InvalidFile at = manifest.refuse(breach.path(), words);
    return new Problem(
        Rule.POLICY,
        breach.rule().refuses() ? Rule.POLICY.level() : Rule.Level.WARNING,
        manifest.words(),
        checkout.at(at.file(), at.place()),
        words);
  }
}
