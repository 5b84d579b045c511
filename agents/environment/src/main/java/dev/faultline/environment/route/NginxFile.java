package dev.faultline.environment.route;

import dev.faultline.environment.route.RouterTrouble.Kind;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query.CommandStatus;
import dev.faultline.model.world.RouteReading;
import dev.faultline.node.OwnedFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A file that Nginx includes, and the programs that judge and load it. A share counts when Nginx
 * serves by it, not when it is written. Thread-safe, as long as nobody else writes the file.
 *
 * @param include the file, absolute
 * @param split what it says
 * @param test the program that judges the configuration, with arguments
 * @param reload the program that has it loaded
 * @param workers what shows by which share Nginx serves
 * @param programs runs a program: no shell, bounded in time and output
 */
public record NginxFile(
    Path include,
    NginxSplit split,
    List<String> test,
    List<String> reload,
    NginxWorkers workers,
    Function<CommandStatus, Answer> programs) {

  /** How long each program may take, and new workers. */
  public static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final int QUOTED = 300;

  /** The file, known by how it begins. */
  public OwnedFile file() {
    return new OwnedFile(include, split.beginning());
  }

  /**
   * What the file says for a share of the canary.
   *
   * @param share from 0 to 1
   */
  public String text(double share) {
    return split.text(Parts.of(share));
  }

  /**
   * Splits requests otherwise, and waits until Nginx does so.
   *
   * @param share from 0 to 1
   * @return the share that was set, to 0.0001
   * @throws RouterTrouble when it is not done. Then the file is as it was, save that nothing keeps
   *     0 out of it: an Nginx that is down, or takes no configuration, comes back with that
   */
  public double set(double share) throws RouterTrouble {
    int parts = Parts.of(share);
    if (parts == 0) {
      setBack();
    } else {
      setOn(parts);
    }
    return (double) parts / Parts.WHOLE;
  }

  private void setOn(int parts) throws RouterTrouble {
    String before = present();
    String text = split.text(parts);
    write(text);
    try {
      require(test, "does not take the configuration");
      load(parts);
    } catch (RouterTrouble refused) {
      restore(text, before);
      throw refused;
    }
  }

  /** What was asked for in vain must not come with the next reload by somebody else. */
  private void restore(String text, String before) throws RouterTrouble {
    // A shift that is cut short must still put it back, and channels end at an interrupt.
    boolean interrupted = Thread.interrupted();
    try {
      if (present().equals(text)) {
        write(before);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void setBack() throws RouterTrouble {
    write(split.text(0));
    if (!servesNothing()) {
      load(0);
    }
  }

  private boolean servesNothing() {
    try {
      return workers.served(split.marks()).equals(Set.of(0));
    } catch (RouterTrouble unseen) {
      return false;
    }
  }

  private void load(int parts) throws RouterTrouble {
    require(reload, "does not load the configuration");
    workers.await(split.marks(), parts, TIMEOUT);
  }

  /**
   * The canary's part of requests, from 0 to 1: by the file, and by what Nginx serves.
   *
   * @throws RouterTrouble when there is no such file, it says something else, or Nginx does
   */
  public double share() throws RouterTrouble {
    int written =
        split
            .partsOf(present())
            .orElseThrow(
                () ->
                    new RouterTrouble(
                        Kind.CHANGED,
                        "%s is not as Faultline writes it for these servers: it was changed, or others are meant; %s"
                            .formatted(include, toBeginWith())));
    Set<Integer> served = workers.served(split.marks());
    if (served.isEmpty()) {
      throw new RouterTrouble(Kind.NOBODY, "Nginx has no worker that takes requests");
    }
    if (!served.equals(Set.of(written))) {
      throw new RouterTrouble(
          Kind.NOT_TAKEN,
          "%s gives %s to the canary, and Nginx serves by %s: reload it, and see its error log"
              .formatted(
                  include,
                  percent(written),
                  served.stream().map(NginxFile::percent).collect(Collectors.joining(" and "))));
    }
    return (double) written / Parts.WHOLE;
  }

  /** The user puts it there once: Nginx does not start without it. */
  private String toBeginWith() {
    return "put this there once, and reload Nginx:\n" + split.text(0);
  }

  private static String percent(int parts) {
    return RouteReading.percent((double) parts / Parts.WHOLE);
  }

  /** The share, and which version takes connections. */
  RouteReading read() throws RouterTrouble {
    return new RouteReading(
        share(),
        new NginxServers(split.stable()).serve(),
        new NginxServers(split.canary()).serve());
  }

  private String present() throws RouterTrouble {
    try {
      return file()
          .read()
          .orElseThrow(
              () ->
                  new RouterTrouble(
                      Kind.ABSENT,
                      "there is no %s: let the http block of Nginx include it in place of upstream %s, %s"
                          .formatted(include, split.name(), toBeginWith())));
    } catch (IOException failure) {
      throw trouble(failure);
    }
  }

  private void write(String text) throws RouterTrouble {
    try {
      file().write(text);
    } catch (IOException failure) {
      throw trouble(failure);
    }
  }

  private RouterTrouble trouble(IOException failure) {
    return failure instanceof AccessDeniedException
        ? new RouterTrouble(
            Kind.DENIED,
            "this user may not read and replace %s: that needs a folder it may write to"
                .formatted(include))
        : new RouterTrouble(Kind.FOREIGN, line(String.valueOf(failure.getMessage())));
  }

  private void require(List<String> argv, String lacking) throws RouterTrouble {
    switch (programs.apply(new CommandStatus(argv, TIMEOUT))) {
      case Answer.Exited(int code, String _) when code == 0 -> {}
      case Answer.Exited(int code, String output) ->
          throw new RouterTrouble(
              Kind.NOT_TAKEN,
              "Nginx %s: %s (%s ended with exit code %d)"
                  .formatted(lacking, telling(output), argv.getFirst(), code));
      case Answer.Unanswered(var _, String why) ->
          throw new RouterTrouble(Kind.SILENT, "Nginx cannot be told: " + line(why));
      case Answer other ->
          throw new RouterTrouble(Kind.UNCLEAR, "no answer of a program: " + other);
    }
  }

  /** The line that says what is wrong; the last one where none is marked. */
  private static String telling(String output) {
    return output
        .lines()
        .filter(line -> line.contains("[emerg]"))
        .findFirst()
        .or(() -> output.lines().filter(line -> !line.isBlank()).reduce((_, later) -> later))
        .map(NginxFile::line)
        .orElse("it does not say why");
  }

  private static String line(String text) {
    String line = text.strip().replaceAll("\\p{Cntrl}+", " ");
    return line.substring(0, Math.min(line.length(), QUOTED));
  }
}
