package dev.faultline.model.environment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.faultline.model.codec.FilledIn;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.environment.Local.LocalProcess;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Other machines, reached by the OpenSSH client of this one.
 *
 * @param machines how each is reached, by the name that targets use
 */
public record Hosts(@FilledIn @JsonValue Map<String, Host> machines) implements Place {

  private static final int MOST = 64;

  /** Refuses names that cannot be names, none, and more than one run can hold. */
  public Hosts {
    machines = Map.copyOf(machines);
    if (machines.isEmpty()) {
      throw new InvalidValue("no host stands here; add one, such as {web1: {ssh: user@web1}}");
    }
    if (machines.size() > MOST) {
      throw new InvalidValue("a run can reach at most %d hosts".formatted(MOST));
    }
    for (Map.Entry<String, Host> machine : new TreeMap<>(machines).entrySet()) {
      String name = machine.getKey();
      if (!name.matches("[a-zA-Z0-9][a-zA-Z0-9._-]{0,62}")) {
        throw new InvalidValue(
            name,
            "'%s' cannot name a host: letters, digits, '-', '_', '.', 63 in all".formatted(name));
      }
    }
  }

  /** Hosts by name, as they are written. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Hosts of(Map<String, Host> machines) {
    return new Hosts(machines);
  }

  /** The names, in order. */
  public List<String> names() {
    return List.copyOf(new TreeSet<>(machines.keySet()));
  }

  /**
   * Where a host is, as the client of SSH is told.
   *
   * @return an address or a name, or that of an entry of the client's configuration; empty when no
   *     host has this name
   */
  public Optional<String> address(String name) {
    return Optional.ofNullable(machines.get(name))
        .map(host -> host.ssh().orElse(name))
        .map(ssh -> ssh.substring(ssh.indexOf('@') + 1));
  }

  /** The hosts on which a process of this name is declared, in order. */
  public List<String> having(String process) {
    return machines.entrySet().stream()
        .filter(machine -> machine.getValue().processes().containsKey(process))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /**
   * One machine.
   *
   * @param ssh whom the client of SSH connects to: {@code USER@HOST}, or a {@code Host} of its
   *     configuration; the name itself when absent
   * @param port the port of its server, from 1 to 65535; what the client takes when absent
   * @param identityFile file with the private key; what the client offers when absent
   * @param knownHostsFile file with the keys that servers are known by; the client's own when
   *     absent
   * @param sudo whether what we start there runs by {@code sudo -n}; {@code false} when absent
   * @param processes how each process is found there, by the name that targets use
   */
  public record Host(
      Optional<String> ssh,
      Optional<Integer> port,
      Optional<String> identityFile,
      Optional<String> knownHostsFile,
      Optional<Boolean> sudo,
      Map<String, LocalProcess> processes) {

    /** Refuses what the client of SSH would take for an option, and names that cannot be names. */
    public Host {
      if (!ssh.orElse("host").matches("([A-Za-z0-9_][\\w.\\\\-]*@)?[A-Za-z0-9_:][\\w.:%-]*")) {
        throw new InvalidValue(
            "ssh",
            "'%s' is no address of a host; write USER@HOST or HOST".formatted(ssh.orElseThrow()));
      }
      if (port.isPresent() && (port.get() < 1 || port.get() > 65_535)) {
        throw new InvalidValue("port", "'port' must be from 1 to 65535");
      }
      processes = new Local(processes).processes();
    }
  }
}
