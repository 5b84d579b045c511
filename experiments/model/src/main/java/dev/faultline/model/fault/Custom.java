package dev.faultline.model.fault;

import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.codec.Key;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Expectation;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.Proof;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A fault of the user's own, by three programs that no shell reads.
 *
 * @param inject puts the fault into force; must be given
 * @param undo takes it back; must do no harm when run twice or when nothing is in force; must be
 *     given
 * @param verify exits with 0 while the fault is in force, with anything else when it is not; must
 *     be given
 * @param timeout how long each may take, at most 10m; 30s when absent
 */
public record Custom(
    @Key("do") List<String> inject,
    List<String> undo,
    List<String> verify,
    Optional<Duration> timeout)
    implements Fault {

  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** Requires all three programs: a fault without proof or undo is none. */
  public Custom {
    inject = stated(inject, "do", "puts the fault into force");
    undo = stated(undo, "undo", "takes the fault back");
    verify = stated(verify, "verify", "exits with 0 while the fault is in force");
    if (timeout.isPresent() && timeout.get().compareTo(LONGEST) > 0) {
      throw new InvalidValue("timeout", "timeout must be at most 10m: no undo may take longer");
    }
  }

  private static List<String> stated(List<String> argv, String key, String purpose) {
    if (argv.isEmpty()) {
      throw new InvalidValue(
          key, "'%s' is missing: the program, with arguments, that %s".formatted(key, purpose));
    }
    return List.copyOf(argv);
  }

  @Override
  public boolean instant() {
    return false;
  }

  @Override
  public boolean needsTarget() {
    return false;
  }

  @Override
  public Set<String> aims() {
    return Set.of("service", "process", "database", "host");
  }

  @Override
  public String words() {
    return "custom (%s)".formatted(String.join(" ", inject));
  }

  @Override
  public List<Step> plan(Instance target, Setting setting) {
    Duration limit = timeout.orElse(Duration.ofSeconds(30));
    Query status = new Query.CommandStatus(verify, limit);
    Action takeBack = new Action.RunCommand(undo, limit);
    Step fault =
        new Step(
            new Action.RunCommand(inject, limit),
            Optional.of(new Proof(status, new Expectation.Exits(true), limit)),
            Optional.of(
                new Step.Undo(
                    takeBack,
                    Optional.of(new Proof(status, new Expectation.Exits(false), limit)))));
    return List.of(Fuses.around(setting, target.name(), List.of(takeBack)), fault);
  }

  @Override
  public List<EndsBy> endsBy(Setting setting) {
    return Fuses.endsBy(setting);
  }
}
