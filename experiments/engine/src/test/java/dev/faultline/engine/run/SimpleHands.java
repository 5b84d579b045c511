package dev.faultline.engine.run;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Facts;
import dev.faultline.model.world.Habitat;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.ProcessRef;
import dev.faultline.model.world.ProcessState;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Real hands, as simple as can be: signals by {@code kill}, programs by the shell, and fuses that
 * are detached shells which undo on a signal. They touch one victim, and files below one folder.
 */
final class SimpleHands implements Habitat {

  static final String MARK = "faultline-crash-fuse";

  private final Path root;
  private final String run;
  private final long victim;
  private final Runnable boundary;

  SimpleHands(Path root, String run, long victim, Runnable boundary) {
    this.root = root;
    this.run = run;
    this.victim = victim;
    this.boundary = boundary;
  }

  @Override
  public Facts facts(Target target) {
    ProcessRef process = new ProcessRef("victim", String.valueOf(victim));
    return new Facts(
        List.of(
            new Instance.ProcessInstance(
                "victim", "victim", Optional.of(process), state(victim), Optional.empty())),
        List.of(),
        List.of("victim"));
  }

  @Override
  public Effect apply(Action action) {
    if (action instanceof Action.RenewLease) {
      return new Effect.Done("renewed");
    }
    boundary.run();
    try {
      return new Effect.Done("exit code " + carryOut(action));
    } catch (IOException failed) {
      return new Effect.Failed(String.valueOf(failed.getMessage()));
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
      return new Effect.Failed("interrupted");
    } finally {
      boundary.run();
    }
  }

  private int carryOut(Action action) throws IOException, InterruptedException {
    return switch (action) {
      case Action.SendSignal signal ->
          run("kill", "-" + signal.signal(), signal.process().identity());
      case Action.RunCommand command -> run(command.argv().toArray(String[]::new));
      case Action.ArmFuse arm -> arm(arm);
      case Action.DisarmFuse disarm -> signal(disarm.name(), "KILL");
      case Action.FireFuse fire -> signal(fire.name(), "USR1");
      case Action.OnHost _,
          Action.LimitDescriptors _,
          Action.FreeDescriptors _,
          Action.ShiftClock _,
          Action.RestoreClock _,
          Action.RenewLease _,
          Action.StartLoad _,
          Action.SurgeLoad _,
          Action.EndSurge _,
          Action.StopLoad _,
          Action.FailOver _,
          Action.Reconnect _,
          Action.OpenLedger _,
          Action.DropLedger _,
          Action.DisturbLink _,
          Action.RestoreLink _,
          Action.DisturbPackets _,
          Action.RestorePackets _,
          Action.HoldStrain _,
          Action.EndStrain _,
          Action.EndHolders _,
          Action.ShiftTraffic _,
          Action.InCluster _ ->
          0;
    };
  }

  private int arm(Action.ArmFuse arm) throws IOException, InterruptedException {
    List<String> undo = new ArrayList<>();
    for (Action action : arm.actions()) {
      undo.add(
          switch (action) {
            case Action.SendSignal signal ->
                "kill -" + signal.signal() + " " + signal.process().identity();
            case Action.RunCommand command -> String.join(" ", command.argv());
            default -> "false";
          });
    }
    String script =
        "trap '%s; exit' USR1; echo armed; while :; do sleep 0.02; done"
            .formatted(String.join("; ", undo));
    Process fuse =
        new ProcessBuilder("setsid", "sh", "-c", script, MARK, root.toString(), run, arm.name())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return fuse.getInputStream().read() < 0 ? 1 : 0;
  }

  private int signal(String fuse, String signal) throws IOException, InterruptedException {
    int code = 0;
    for (Fuse one : fuses(root)) {
      if (one.run().equals(run) && one.name().equals(fuse)) {
        code = run("kill", "-" + signal, String.valueOf(one.pid()));
      }
    }
    return code;
  }

  /** A fuse that lives. */
  record Fuse(long pid, String run, String name) {}

  /** The fuses of every run below a folder, as the kernel knows them. */
  static List<Fuse> fuses(Path root) {
    List<Fuse> found = new ArrayList<>();
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      for (Path folder : all.filter(path -> name(path).matches("\\d+")).toList()) {
        List<String> words = List.of(text(folder.resolve("cmdline")).split("\0"));
        int mark = words.indexOf(MARK);
        if (mark > 0 && words.size() > mark + 3 && words.get(mark + 1).equals(root.toString())) {
          long pid = Long.parseLong(name(folder));
          found.add(new Fuse(pid, words.get(mark + 2), words.get(mark + 3)));
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    // What a fuse is just about to start has its arguments still.
    return found.stream()
        .filter(one -> found.stream().noneMatch(other -> other.pid() == parent(one.pid())))
        .toList();
  }

  private static long parent(long pid) {
    String stat = text(Path.of("/proc", String.valueOf(pid), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
    return fields.length > 1 ? Long.parseLong(fields[1]) : 0;
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException gone) {
      return "";
    }
  }

  private static int run(String... argv) throws IOException, InterruptedException {
    return new ProcessBuilder(argv)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  @Override
  public Answer ask(Query query) {
    try {
      return answer(query);
    } catch (IOException failed) {
      return new Answer.Unanswered(BlindReason.UNREACHABLE, String.valueOf(failed.getMessage()));
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
      return new Answer.Unanswered(BlindReason.TIMEOUT, "interrupted");
    }
  }

  private Answer answer(Query query) throws IOException, InterruptedException {
    return switch (query) {
      case Query.ProcessStatus status ->
          new Answer.ProcessIs(state(Long.parseLong(status.process().identity())));
      case Query.FuseStatus fuse ->
          new Answer.FuseIs(
              fuses(root).stream()
                  .anyMatch(one -> one.run().equals(run) && one.name().equals(fuse.name())));
      case Query.Marks _ ->
          new Answer.Marked(
              fuses(root).stream().filter(one -> one.run().equals(run)).map(Fuse::name).toList(),
              List.of());
      case Query.CommandStatus command ->
          new Answer.Exited(run(command.argv().toArray(String[]::new)), "");
      case Query.OnHost _,
          Query.PromInstant _,
          Query.PromRange _,
          Query.AlertStatus _,
          Query.HttpProbe _,
          Query.LoadStatus _,
          Query.LoadRate _,
          Query.DatabaseStatus _,
          Query.NodeStatus _,
          Query.SqlNumber _,
          Query.LedgerTable _,
          Query.LedgerStatus _,
          Query.DescriptorStatus _,
          Query.ClockPossible _,
          Query.ClockStatus _,
          Query.LinkStatus _,
          Query.PacketStatus _,
          Query.StrainStatus _,
          Query.RoomFor _,
          Query.PacketsPossible _,
          Query.AddressesOf _,
          Query.RouteStatus _,
          Query.OfCluster _ ->
          new Answer.Unanswered(BlindReason.REFUSED, "no such hands");
    };
  }

  /** How the kernel says that a process stands. */
  static ProcessState state(long pid) {
    String stat = text(Path.of("/proc", String.valueOf(pid), "stat"));
    int name = stat.lastIndexOf(") ");
    if (name < 0 || stat.charAt(name + 2) == 'Z') {
      return ProcessState.GONE;
    }
    return stat.charAt(name + 2) == 'T' ? ProcessState.STOPPED : ProcessState.RUNNING;
  }

  @Override
  public boolean startsWithRun() {
    return false;
  }

  @Override
  public void prepare() {}

  @Override
  public void close() {}
}
