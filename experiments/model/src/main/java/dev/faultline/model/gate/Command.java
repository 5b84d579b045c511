package dev.faultline.model.gate;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.faultline.judge.Reading;
import dev.faultline.judge.Unit;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The exit code of a program: {@code command: [PROGRAM, ARGUMENT, ...]}.
 *
 * @param run program and arguments, at least one word; no shell reads them
 * @param timeout how long it may take; 5s when absent
 */
public record Command(List<String> run, Optional<Duration> timeout) implements Signal {

  /** Requires a program. */
  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  public Command {
    run = List.copyOf(run);
    if (run.isEmpty()) {
      throw new InvalidValue("run", "a command needs at least the program's name");
    }
  }

  /** A program with arguments. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Command of(List<String> run) {
    return new Command(run, Optional.empty());
  }

  @Override
  public List<Query> queries() {
    return List.of(new Query.CommandStatus(run, timeout.orElse(Duration.ofSeconds(5))));
  }

  @Override
  public Reading read(List<Answer> answers) {
    return switch (answers.getFirst()) {
      case Answer.Exited exited -> new Reading.Value(exited.code());
      case Answer.Unanswered none -> new Reading.Blind(none.reason(), none.detail());
      default -> SeriesReading.malformed(answers.getFirst());
    };
  }

  @Override
  public Duration window() {
    return Duration.ZERO;
  }

  @Override
  public Set<Unit> units() {
    return Set.of(Unit.NUMBER);
  }

  @Override
  public String words() {
    return "exit code of " + String.join(" ", run);
  }
}
