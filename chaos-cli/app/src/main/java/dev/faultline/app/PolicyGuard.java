package dev.faultline.app;

import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.file.LoadedPolicy;
import dev.faultline.engine.file.Loader;
import dev.faultline.engine.file.PolicyFiles;
import dev.faultline.engine.planning.Unplannable;
import dev.faultline.engine.run.PlanRules;
import dev.faultline.judge.Outcome;
import dev.faultline.model.plan.Plan;
import dev.faultline.policy.Approved;
import dev.faultline.policy.Breach;
import dev.faultline.policy.Rulebook;
import dev.faultline.policy.Subject;
import java.io.File;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Holds each plan to the policies of its user.
 *
 * @param rulebook their rules
 * @param clock the time, for rules that ask for it
 */
record PolicyGuard(Rulebook rulebook, InstantSource clock) {

  /** Who has approved a plan. */
  @FunctionalInterface
  interface Eyes {
    List<Approved> approved(LoadedExperiment experiment, Plan plan) throws Unplannable;
  }

  /** Nobody has approved anything. */
  static final Eyes NOBODY = (_, _) -> List.of();

  /** What plans are held to that are only looked at: rules about approvals are noted. */
  PlanRules whenPlanned() {
    return (experiment, plan) -> judged(plan, Subject.of(experiment, plan, clock.instant()));
  }

  /** What plans are held to that are run, by what these see. */
  PlanRules whenRun(Eyes eyes) {
    return (experiment, plan) ->
        judged(
            plan,
            Subject.of(experiment, plan, clock.instant())
                .approvedBy(eyes.approved(experiment, plan)));
  }

  /** The variable that names the policies of a machine, as paths beside each other in PATH. */
  static final String NAMED = "FAULTLINE_POLICY";

  /**
   * Reads the policies of some files, and of the files in folders.
   *
   * @throws UsageError when there is none in them
   */
  static PolicyGuard of(List<String> places) throws InvalidFile, UsageError, IOException {
    return new PolicyGuard(Rulebook.of(read(places)), InstantSource.system());
  }

  /** Those that somebody named, or else those of his machine; empty where there are none. */
  static Optional<PolicyGuard> named(List<String> places, Console console)
      throws InvalidFile, UsageError, IOException {
    List<String> named = new ArrayList<>(places);
    String usual = console.env().getOrDefault(NAMED, "");
    if (named.isEmpty() && !usual.isBlank()) {
      named.addAll(Arrays.asList(usual.split(File.pathSeparator)));
    }
    return named.isEmpty() ? Optional.empty() : Optional.of(of(named));
  }

  static List<LoadedPolicy> read(List<String> places) throws InvalidFile, UsageError, IOException {
    PolicyFiles files = new PolicyFiles(new Loader());
    List<LoadedPolicy> policies = new ArrayList<>();
    for (String file : YamlFiles.of(places)) {
      policies.addAll(files.load(file));
    }
    if (policies.isEmpty()) {
      throw new UsageError(
          "there is no policy in " + String.join(", ", places),
          "the documents in there are of other kinds",
          "name a file with a document of kind: Policy");
    }
    return policies;
  }

  private Plan judged(Plan plan, Subject subject) throws Unplannable {
    List<Breach> broken = rulebook.judge(subject);
    List<Breach> refused = broken.stream().filter(Breach::refuses).toList();
    if (!refused.isEmpty()) {
      throw new Unplannable(
          Outcome.REFUSED,
          refused.stream().map(Breach::words).collect(Collectors.joining("; ")),
          refused.getFirst().path());
    }
    List<String> notes = new ArrayList<>(plan.notes());
    broken.forEach(one -> notes.add(capital(one.words())));
    return plan.noting(notes);
  }

  private static String capital(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
