package dev.faultline.environment.remote;

import dev.faultline.model.environment.Hosts.Host;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The OpenSSH client and its arguments. As SSH hands one text to the shell of the user there, that
 * text is the same for every host and every run; all that differs goes by standard input.
 */
final class SshCommand {

  /**
   * What keeps a client of ours from asking, forwarding or sharing, and makes it notice silence.
   */
  private static final List<String> MANNERS =
      List.of(
          "BatchMode=yes",
          "ConnectTimeout=10",
          "ServerAliveInterval=2",
          "ServerAliveCountMax=3",
          "ControlMaster=no",
          "ControlPath=none",
          "ClearAllForwardings=yes",
          "ForwardAgent=no",
          "ForwardX11=no",
          "PermitLocalCommand=no",
          "EscapeChar=none",
          "LogLevel=ERROR");

  private SshCommand() {}

  /**
   * The command that runs something on a host.
   *
   * @param name what is connected to where the host says nothing else
   * @param base the folder that relative paths start from
   * @param there the constant text
   */
  static List<String> of(String name, Host host, Path base, String there) {
    List<String> argv = new ArrayList<>(List.of("ssh", "-T"));
    MANNERS.forEach(option -> argv.addAll(List.of("-o", option)));
    host.port().ifPresent(port -> argv.addAll(List.of("-p", Integer.toString(port))));
    host.identityFile()
        .ifPresent(
            file ->
                argv.addAll(
                    List.of(
                        "-o", "IdentitiesOnly=yes", "-o", "IdentityFile=" + quoted(file, base))));
    host.knownHostsFile()
        .ifPresent(file -> argv.addAll(List.of("-o", "UserKnownHostsFile=" + quoted(file, base))));
    argv.addAll(List.of("--", host.ssh().orElse(name), there));
    return argv;
  }

  /** The client parts at blanks and replaces what follows a percent sign. */
  private static String quoted(String file, Path base) {
    String path = file.startsWith("~/") ? file : base.resolve(file).toAbsolutePath().toString();
    return '"' + path.replace("%", "%%").replace("\"", "\\\"") + '"';
  }
}
