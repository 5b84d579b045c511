package dev.faultline.environment.remote;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.environment.Await;
import dev.faultline.environment.FreePort;
import dev.faultline.environment.lives.CachedFolder;
import dev.faultline.environment.lives.Deadline;
import dev.faultline.environment.lives.DebianPackages;
import dev.faultline.environment.lives.Lives;
import dev.faultline.environment.lives.Tools;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real server of SSH with keys of its own, from this machine or unpacked from Debian's package.
 * As root it gets the user and the folder that it insists on in a mount namespace of its own.
 */
public final class Sshd implements AutoCloseable {

  private static final Duration SOON = Duration.ofMinutes(3);
  private static final String AS_ROOT =
      """
      set -eu
      mount -n --bind "$1/passwd" /etc/passwd
      run=$(mktemp -d)
      mount -n -t tmpfs none "$run"
      mkdir "$run/sshd" "$run/netns"
      [ ! -d /run/netns ] || mount -n --rbind /run/netns "$run/netns"
      mount -n --move "$run" /run
      rmdir "$run"
      exec "$2" -D -e -f "$1/sshd_config"
      """;

  private final List<String> command;
  private final Path folder;
  private final InetSocketAddress address;
  private final Process server;

  private Sshd(List<String> command, Path folder, InetSocketAddress address) throws Exception {
    this.command = command;
    this.folder = folder;
    this.address = address;
    this.server =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("sshd.log").toFile()))
            .start();
    Await.until("sshd listens", this::listens);
  }

  /**
   * Starts one, and writes the environment that reaches it as {@code hosts.json}.
   *
   * @param folder its own; what is delivered to its users goes there too
   * @param address where it listens
   * @param network the network namespace that it is in, if not in ours
   */
  public static Sshd start(Path folder, String address, Optional<String> network) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh")), "needs the client of SSH");
    Path program = program();
    int port = FreePort.choose();
    for (String key : List.of("host", "user")) {
      run(folder, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key);
    }
    Files.copy(folder.resolve("user.pub"), folder.resolve("authorized"));
    String hostKey = Files.readString(folder.resolve("host.pub"));
    Files.writeString(folder.resolve("known"), "[%s]:%d %s".formatted(address, port, hostKey));
    Files.writeString(folder.resolve("sshd_config"), config(folder, address, port));
    Files.writeString(folder.resolve("passwd"), passwd());
    Files.writeString(
        folder.resolve("hosts.json"),
        """
        {"hosts": {"%s": {"ssh": "%s@%s", "port": %d, "identityFile": "user",
          "knownHostsFile": "known", "processes": {"victim": {"pidFile": "%s/victim.pid"}}}}}
        """
            .formatted(
                HostController.HOST, System.getProperty("user.name"), address, port, folder));
    List<String> command = new ArrayList<>();
    network.ifPresent(name -> command.addAll(List.of("nsenter", "--net=/run/netns/" + name)));
    if (isRoot()) {
      command.addAll(List.of("unshare", "--mount", "--propagation", "private"));
      command.addAll(List.of("sh", "-c", AS_ROOT, "sh", folder.toString(), program.toString()));
    } else {
      command.addAll(List.of(program.toString(), "-D", "-e", "-f", folder + "/sshd_config"));
    }
    return new Sshd(command, folder, new InetSocketAddress(address, port));
  }

  /** The same server once more, after it was closed. */
  public Sshd again() throws Exception {
    return new Sshd(command, folder, address);
  }

  /** The environment that reaches it, in one line; paths in it start at the folder. */
  public static String environment(Path folder) throws IOException {
    return Files.readString(folder.resolve("hosts.json")).replace("\n", " ").strip();
  }

  static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(address, 1_000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static String config(Path folder, String address, int port) {
    return """
        ListenAddress %s
        Port %d
        HostKey %s/host
        AuthorizedKeysFile %s/authorized
        PidFile none
        UsePAM no
        PasswordAuthentication no
        KbdInteractiveAuthentication no
        PermitRootLogin prohibit-password
        StrictModes no
        SetEnv XDG_CACHE_HOME=%s/there
        """
        .formatted(address, port, folder, folder, folder);
  }

  private static String passwd() throws IOException {
    String users = Files.readString(Path.of("/etc/passwd"));
    return users.contains("\nsshd:")
        ? users
        : users + "sshd:x:65533:65534::/run/sshd:/usr/sbin/nologin\n";
  }

  private static Path program() throws Exception {
    Optional<Path> installed =
        Stream.of("/usr/sbin/sshd", "/usr/local/sbin/sshd", "/usr/bin/sshd")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();
    return installed.isPresent() ? installed.get() : unpacked();
  }

  private static Path unpacked() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/apt-get")), "needs sshd, or apt-get to fetch it");
    String cache = System.getenv("XDG_CACHE_HOME");
    Path folder =
        cache == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
    Deadline deadline = Deadline.in(SOON);
    Lives lives = new Lives();
    try {
      return new CachedFolder(folder.resolve("faultline-tests/openssh"), "server")
          .obtain(
              there -> Files.isExecutable(there.resolve("usr/sbin/sshd")),
              fresh -> {
                try (DebianPackages packages =
                    DebianPackages.read(fresh, new Tools(lives, fresh), deadline)) {
                  packages.unpack(List.of("openssh-server"), fresh);
                }
              },
              deadline)
          .resolve("usr/sbin/sshd");
    } catch (IOException nowhere) {
      assumeTrue(false, "sshd is not to be had: " + nowhere.getMessage());
      throw nowhere;
    } finally {
      lives.end();
    }
  }

  private static void run(Path folder, String... command) throws Exception {
    Process process = new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException("failed: " + List.of(command));
    }
  }

  @Override
  public void close() {
    server.descendants().forEach(ProcessHandle::destroyForcibly);
    server.destroyForcibly();
    server.onExit().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
