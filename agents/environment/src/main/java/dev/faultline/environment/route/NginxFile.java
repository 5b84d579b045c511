package dev.faultline.environment.route;

import dev.faultline.environment.route.RouterTrouble.Kind;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query.CommandStatus;
import dev.faultline.node.OwnedFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A file that Nginx includes, and the programs that judge and load it. What Nginx would not take is
 * never left in the file. Thread-safe, as long as nobody else writes the file.
 *
 * @param include the file, absolute
 * @param split what it says
 * @param test the program that judges the configuration, with arguments
 * @param reload the program that has it loaded
 * @param workers what shows that it was; nothing when absent
 * @param programs runs a program: no shell, bounded in time and output
 */
public record NginxFile(
    Path include,
    NginxSplit split,
    List<String> test,
    List<String> reload,
    Optional<NginxWorkers> workers,
    Function<CommandStatus, Answer> programs) {

  /** How long each program may take. */
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
    return split.text(NginxSplit.parts(share));
  }

  /**
   * Splits requests otherwise, and has Nginx do so.
   *
   * @param share from 0 to 1
   * @return the share that was set, to 0.0001
   * @throws RouterTrouble when it is not done; then the file is as it was
   */
  public double set(double share) throws RouterTrouble {
    int parts = NginxSplit.parts(share);
    String before = present();
    write(split.text(parts));
    try {
      require(test, "does not take the configuration");
      NginxWorkers.Seen old = workers.isPresent() ? workers.get().seen() : NginxWorkers.NOBODY;
      require(reload, "does not load the configuration");
      if (workers.isPresent()) {
        workers.get().awaitOthers(old, TIMEOUT);
      }
    } catch (RouterTrouble refused) {
      write(before);
      throw refused;
    }
    return (double) parts / NginxSplit.WHOLE;
  }

  /**
   * The canary's part of requests, from 0 to 1, by the file.
   *
   * @throws RouterTrouble when there is none, or it says something else
   */
  public double share() throws RouterTrouble {
    return split
            .partsOf(present())
            .orElseThrow(
                () ->
                    new RouterTrouble(
                        Kind.CHANGED,
                        "%s is not as Faultline writes it for these servers: it was changed, or others are meant"
                            .formatted(include)))
        / (double) NginxSplit.WHOLE;
  }

  private String present() throws RouterTrouble {
    try {
      return file()
          .read()
          .orElseThrow(
              () ->
                  new RouterTrouble(
                      Kind.ABSENT,
                      "there is no %s: create it once, as docs/rollouts.md shows, and let the http block of Nginx include it"
                          .formatted(include)));
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
              "Nginx %s, and %s is as it was: %s (%s ended with exit code %d)"
                  .formatted(lacking, include, telling(output), argv.getFirst(), code));
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
