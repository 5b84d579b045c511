package dev.faultline.app.foureyes;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.planning.Unplannable;
import dev.faultline.judge.Outcome;
import dev.faultline.model.plan.Plan;
import dev.faultline.policy.Approved;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Lets no plan pass that others than its author have not approved. The author is whoever runs it.
 *
 * @param signers the file of allowed signers
 * @param needed how many must have approved it
 * @param file where approvals are; beside each file of experiments when absent
 * @param authors the names of whoever runs plans
 * @param clock the time
 */
public record FourEyes(
    Path signers, int needed, Optional<Path> file, Set<String> authors, InstantSource clock) {

  private static final int TOLD = 3;

  /** Keeps the names in one spelling. */
  public FourEyes {
    authors = authors.stream().map(FourEyes::plain).collect(Collectors.toUnmodifiableSet());
  }

  /** Signs a statement with a key. */
  public static Approval sign(Statement statement, Path key) throws IOException {
    String text = statement.text();
    return new Approval(text, SshKeygen.sign(key, text));
  }

  /**
   * What was found out about approvals.
   *
   * @param counting those that count, by a name of who gave them
   * @param people all names of these
   * @param not why others do not count, newest first
   */
  private record Found(Map<String, Statement> counting, Set<String> people, List<String> not) {

    /** Whoever has several names, or keys, is one. */
    void add(List<String> names, Statement statement) {
      if (names.stream().noneMatch(people::contains)) {
        Statement _ = counting.put(names.getFirst(), statement);
      }
      boolean _ = people.addAll(names);
    }
  }

  /**
   * Looks who has approved a plan.
   *
   * @return their names, and how long it counts
   * @throws Unplannable when they are too few
   */
  public Map<String, Statement> require(LoadedExperiment experiment, Plan plan) throws Unplannable {
    Found found = find(experiment, plan);
    if (found.counting().size() < needed) {
      throw new Unplannable(Outcome.REFUSED, lacking(experiment, plan, place(experiment), found));
    }
    return found.counting();
  }

  /** Who has approved a plan, be they enough or not, for rules that ask for it. */
  public List<Approved> approved(LoadedExperiment experiment, Plan plan) throws Unplannable {
    return find(experiment, plan).counting().entrySet().stream()
        .map(one -> new Approved(one.getKey(), one.getValue().until(), one.getValue().why()))
        .toList();
  }

  private Path place(LoadedExperiment experiment) {
    return file.orElseGet(() -> Approval.beside(experiment.file()));
  }

  private Found find(LoadedExperiment experiment, Plan plan) throws Unplannable {
    Found found = new Found(new TreeMap<>(), new HashSet<>(), new ArrayList<>());
    try {
      for (Approval approval : Approval.in(place(experiment)).reversed()) {
        judge(approval, plan, found);
      }
    } catch (IOException unusable) {
      throw new Unplannable(
          Outcome.NOT_READY,
          "whether plan %s is approved cannot be known: %s"
              .formatted(brief(plan.hash()), unusable.getMessage()));
    }
    return found;
  }

  private void judge(Approval approval, Plan plan, Found found) throws IOException {
    Optional<Statement> read = Statement.read(approval.statement());
    if (read.isEmpty() || !read.get().experiment().equals(plan.experiment())) {
      return;
    }
    Statement statement = read.get();
    String what = "the approval of " + statement.at();
    Optional<String> not = obstacle(statement, plan);
    if (not.isPresent()) {
      found.not().add("%s %s".formatted(what, not.get()));
      return;
    }
    List<String> names = SshKeygen.signers(signers, approval.statement(), approval.signature());
    Optional<String> nobody = obstacle(names);
    if (nobody.isPresent()) {
      String who = names.isEmpty() ? what : what + " by " + names.getFirst();
      found.not().add("%s %s".formatted(who, nobody.get()));
    } else {
      found.add(names, statement);
    }
  }

  private Optional<String> obstacle(Statement statement, Plan plan) {
    return statement.plan().equals(plan.hash())
        ? statement.obstacle(clock.instant())
        : Optional.of(
            "is of plan %s, from which this one has drifted".formatted(brief(statement.plan())));
  }

  private Optional<String> obstacle(List<String> names) {
    if (names.isEmpty()) {
      return Optional.of("was altered, or its key is not (or no more) in " + signers);
    }
    if (names.stream().anyMatch(name -> name.matches(".*[*?!].*"))) {
      return Optional.of("does not tell who it is: %s has a pattern there".formatted(signers));
    }
    return names.stream().anyMatch(this::isAuthor)
        ? Optional.of("is of who runs it, and another one must approve it")
        : Optional.empty();
  }

  /** A name is a person's if it is his, or his with some domain. */
  private boolean isAuthor(String name) {
    String plain = plain(name);
    int at = plain.indexOf('@');
    return authors.contains(plain) || (at > 0 && authors.contains(plain.substring(0, at)));
  }

  private static String plain(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  private String lacking(LoadedExperiment experiment, Plan plan, Path place, Found found) {
    String reasons =
        found.not().isEmpty()
            ? "%s has none of it".formatted(place)
            : found.not().stream().limit(TOLD).collect(Collectors.joining("; "));
    return "plan %s of %s has %d of %d approvals: %s. 'faultline approve-plan %s --key KEY' adds one"
        .formatted(
            brief(plan.hash()),
            plan.experiment(),
            found.counting().size(),
            needed,
            reasons,
            experiment.file());
  }

  private static String brief(String hash) {
    return hash.substring(0, Math.min(12, hash.length()));
  }
}
