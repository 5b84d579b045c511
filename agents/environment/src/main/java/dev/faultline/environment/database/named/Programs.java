package dev.faultline.environment.database.named;

import dev.faultline.model.environment.FailoverMeans.Command;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.FailoverKind;
import dev.faultline.model.world.FailoverWay;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Programs of the user's, which a plan names as its own steps. */
record Programs(Command command) implements Means {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  @Override
  public FailoverWay way() {
    Map<FailoverKind, List<String>> programs = new EnumMap<>(FailoverKind.class);
    programs.put(FailoverKind.CRASH, command.crash());
    programs.put(FailoverKind.SWITCHOVER, command.switchover());
    programs.put(FailoverKind.PARTITION, command.partition());
    programs.values().removeIf(List::isEmpty);
    return new FailoverWay.ByPrograms(programs, command.heal(), command.timeout().orElse(TIMEOUT));
  }

  @Override
  public Effect take(FailoverKind kind, String node) {
    return new Effect.Failed("a program of the user's does this, as a step of its own");
  }
}
