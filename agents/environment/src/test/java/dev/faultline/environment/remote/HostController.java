package dev.faultline.environment.remote;

import dev.faultline.environment.Environments;
import dev.faultline.environment.hands.RunPlace;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Action.OnHost;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Habitat;
import dev.faultline.model.world.ProcessRef;
import dev.faultline.model.world.ProcessSignal;
import dev.faultline.model.world.Strain;
import dev.faultline.model.world.Wiring;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A controller that freezes a process on a host and holds memory there, until it is ended. */
final class HostController {

  static final Duration LEASE = Duration.ofSeconds(3);
  static final String HOST = "web1";

  private HostController() {}

  /** The arguments are a folder with the environment, the run, and the process. */
  public static void main(String[] args) throws Exception {
    Habitat habitat = open(Path.of(args[0]), args[1]);
    begin(habitat, new ProcessRef("victim", args[2]));
    System.out.println("in force");
    while (true) {
      Effect _ = habitat.apply(new Action.RenewLease());
      Thread.sleep(200);
    }
  }

  static Habitat open(Path folder, String run) throws Exception {
    EnvironmentSpec spec =
        Codec.json()
            .readValue(Files.readString(folder.resolve("hosts.json")), EnvironmentSpec.class);
    RunPlace place =
        new RunPlace(
            run,
            folder.resolve(run),
            folder,
            folder.resolve("cache"),
            Path.of(System.getProperty("java.home"), "bin", "java"));
    return Environments.open(spec, Wiring.NONE, place, _ -> {});
  }

  /** Puts things in force by which a host is seen to be disturbed. */
  static void begin(Habitat habitat, ProcessRef victim) {
    Action goOn = new Action.SendSignal(victim, ProcessSignal.CONT);
    done(habitat, new Action.ArmFuse("freeze.victim", List.of(goOn), LEASE));
    done(habitat, new Action.SendSignal(victim, ProcessSignal.STOP));
    done(habitat, new Action.HoldStrain("held", new Strain.Memory(16L << 20, 64L << 20), LEASE));
  }

  private static void done(Habitat habitat, Action action) {
    Effect effect = habitat.apply(new OnHost(HOST, action));
    if (!(effect instanceof Effect.Done)) {
      throw new IllegalStateException(effect.detail());
    }
  }
}
