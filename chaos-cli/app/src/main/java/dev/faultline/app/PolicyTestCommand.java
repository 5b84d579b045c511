package dev.faultline.app;

import dev.faultline.engine.file.ExperimentFiles;
import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.file.LoadedPolicy;
import dev.faultline.engine.file.Loader;
import dev.faultline.engine.file.Manifest;
import dev.faultline.engine.file.ManifestFiles;
import dev.faultline.engine.planning.Unplannable;
import dev.faultline.engine.run.Engine;
import dev.faultline.engine.run.PlanRules;
import dev.faultline.model.policy.PolicyCase;
import dev.faultline.model.policy.PolicyRule;
import dev.faultline.policy.Approved;
import dev.faultline.policy.Breach;
import dev.faultline.policy.Rulebook;
import dev.faultline.policy.Subject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tries the examples of policies. */
@Command(
    name = "test",
    description = {
      "Tries the tests of policies: whether each example breaks the rules that it should, and",
      "no other. A rule that no example breaks is named: nobody has seen it bite."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "%nExample:",
      "  faultline policy test examples/policy",
      "%nExit codes:",
      "  0 all as they should be   1 one is not   2 usage or invalid file"
    })
final class PolicyTestCommand implements Callable<Integer> {

  @Parameters(arity = "1..*", paramLabel = "FILE|DIR", description = "Files of policies.")
  private List<String> places = new ArrayList<>();

  private final Console console;

  PolicyTestCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InvalidFile, UsageError, IOException {
    Loader loader = new Loader();
    Engine engine = Setup.engine(console, PlanRules.NONE);
    int tried = 0;
    int wrong = 0;
    for (LoadedPolicy policy : PolicyGuard.read(places)) {
      Rulebook rulebook = Rulebook.of(List.of(policy));
      Set<String> bitten = new TreeSet<>();
      for (int i = 0; i < policy.spec().tests().size(); i++) {
        Judgement judgement = judge(policy, i, rulebook, loader, engine);
        bitten.addAll(judgement.broken());
        tell(policy, judgement);
        tried++;
        wrong += judgement.asItShould() ? 0 : 1;
      }
      policy.spec().rules().stream()
          .map(PolicyRule::name)
          .filter(rule -> !bitten.contains(rule))
          .forEach(
              rule ->
                  console
                      .out()
                      .line("note  %s: no test breaks '%s'".formatted(policy.name(), rule)));
    }
    console.out().line("%s, %d wrong".formatted(Spell.count(tried, "test"), wrong));
    return wrong == 0 ? 0 : 1;
  }

  /** What became of an example. */
  private record Judgement(PolicyCase example, Set<String> broken, List<String> words) {
    boolean asItShould() {
      return broken.equals(Set.copyOf(example.breaks()));
    }
  }

  private void tell(LoadedPolicy policy, Judgement judgement) {
    PolicyCase example = judgement.example();
    String what = Inert.text("%s: %s".formatted(policy.name(), example.name()));
    if (judgement.asItShould()) {
      console.out().line("ok    " + what);
      return;
    }
    console
        .out()
        .line(
            "WRONG %s: it should break %s, and breaks %s"
                .formatted(what, listed(Set.copyOf(example.breaks())), listed(judgement.broken())));
    judgement.words().forEach(words -> console.out().wrapped("      ", Inert.text(words)));
  }

  private static String listed(Set<String> rules) {
    return rules.isEmpty() ? "nothing" : rules.stream().sorted().collect(Collectors.joining(", "));
  }

  private static Judgement judge(
      LoadedPolicy policy, int number, Rulebook rulebook, Loader loader, Engine engine)
      throws InvalidFile {
    PolicyCase example = policy.spec().tests().get(number);
    Instant now = example.now().orElseGet(Instant::now);
    Set<String> broken = new TreeSet<>();
    List<String> words = new ArrayList<>();
    for (Subject subject : subjects(policy, number, now, loader, engine)) {
      for (Breach breach : rulebook.judge(subject)) {
        broken.add(breach.rule().name());
        words.add(breach.words());
      }
    }
    return new Judgement(example, broken, words);
  }

  private static List<Subject> subjects(
      LoadedPolicy policy, int number, Instant now, Loader loader, Engine engine)
      throws InvalidFile {
    PolicyCase example = policy.spec().tests().get(number);
    List<Subject> subjects = new ArrayList<>();
    if (example.manifests().isPresent()) {
      String file = policy.folder().resolve(example.manifests().get()).toString();
      for (Manifest manifest : new ManifestFiles(loader).load(file)) {
        subjects.add(Subject.of(manifest, now));
      }
      return subjects;
    }
    List<Approved> approvals =
        example.approvedBy().stream().map(who -> new Approved(who, now, "")).toList();
    String file = policy.folder().resolve(example.file().orElseThrow()).toString();
    for (LoadedExperiment one : new ExperimentFiles(loader).load(file, Optional.empty())) {
      try {
        subjects.add(Subject.of(one, engine.plan(one, 1), now).approvedBy(approvals));
      } catch (Unplannable none) {
        throw policy.refuse(
            List.of("spec", "tests", String.valueOf(number)),
            "there is no plan for '%s': %s".formatted(one.name(), none.words()));
      }
    }
    return subjects;
  }
}
