package dev.faultline.environment.remote;

import dev.faultline.node.Children;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Connects to a host and starts the program there, which is brought there first where it is not:
 * its archive is read from standard input, checked against its checksum, and gets its name by one
 * rename, so that what is there is whole.
 *
 * @param children what is started dies with them
 * @param argv a program that runs {@link #SCRIPT} on the host
 * @param environment variables for that program
 * @param sudo whether the program on the host runs by {@code sudo}
 * @param image what is brought
 */
record Delivery(
    Children children,
    List<String> argv,
    Map<String, String> environment,
    boolean sudo,
    AgentImage image)
    implements Connector {

  /**
   * What runs on every host; in single quotes for whatever shell its user has, and so without any.
   */
  static final String SCRIPT =
      """
      exec /bin/sh -c '
      set -eu
      umask 077
      IFS=" " read -r sum size how
      case "$sum$size$how" in *[!0-9a-z]*) exit 64 ;; esac
      top=${XDG_CACHE_HOME:-$HOME/.cache}/faultline
      home=$top/agent-$sum
      if [ ! -x "$home/runtime/bin/java" ]; then
        echo "faultline wanted $(uname -s) $(uname -m)"
        mkdir -p "$top"
        new=$(mktemp -d "$top/.new-XXXXXX")
        trap "rm -rf \\"$new\\"" EXIT
        head -c "$size" >"$new/archive"
        got=$(sha256sum "$new/archive")
        if [ "${got%% *}" != "$sum" ]; then
          echo "faultline damaged"
          exit 65
        fi
        mkdir "$new/agent-$sum"
        tar -xzof "$new/archive" -C "$new/agent-$sum"
        mv "$new/agent-$sum" "$top/" 2>/dev/null || [ -x "$home/runtime/bin/java" ]
        rm -rf "$new"
        trap - EXIT
      fi
      unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS
      export LC_ALL=C.UTF-8
      set -- "$home/runtime/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx96m \
        -XX:-UsePerfData --enable-native-access=ALL-UNNAMED -cp "$home/lib/*" \
        dev.faultline.environment.remote.RemoteProgram
      if [ "$how" = sudo ]; then
        set -- sudo -n env "SSH_CONNECTION=${SSH_CONNECTION:-}" LC_ALL=C.UTF-8 "$@"
      fi
      echo "faultline ready"
      exec "$@"
      '
      """;

  private static final Duration CONNECTED = Duration.ofSeconds(30);
  private static final Duration BROUGHT = Duration.ofMinutes(5);
  private static final int MOST_NOISE = 200;
  private static final String WORD = "faultline ";

  @Override
  public Connection connect() throws IOException, InterruptedException {
    AgentImage.Archive archive = image.archive();
    Channel channel = Channel.open(children, argv, environment);
    try {
      String hello = "%s %d %s%n".formatted(archive.sum(), archive.size(), sudo ? "sudo" : "plain");
      send(channel, hello.getBytes(StandardCharsets.US_ASCII));
      String word = within(channel, CONNECTED, () -> next(channel));
      if (word.startsWith("wanted ")) {
        requireAlike(word.substring("wanted ".length()));
        word =
            within(
                channel,
                BROUGHT,
                () -> {
                  send(channel, archive);
                  return next(channel);
                });
      }
      if (!word.equals("ready")) {
        throw new LostConnection("the program did not arrive whole (%s)".formatted(word));
      }
      return new Connection(channel);
    } catch (IOException | InterruptedException failure) {
      channel.close();
      throw failure;
    }
  }

  /** One step of the talk. */
  private interface Talk {
    String say() throws IOException;
  }

  /** A pipe knows no timeout: when its time is over, the client is killed, which ends the pipe. */
  private static String within(Channel channel, Duration bound, Talk talk)
      throws IOException, InterruptedException {
    CompletableFuture<String> said = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                said.complete(talk.say());
              } catch (IOException | UncheckedIOException failure) {
                said.completeExceptionally(failure);
              }
            });
    try {
      return said.get(bound.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new LostConnection("no answer within %d s".formatted(bound.toSeconds()), late);
    } catch (ExecutionException failure) {
      throw new LostConnection("the connection failed" + channel.complaint(), failure);
    }
  }

  private static void send(Channel channel, byte[] bytes) throws IOException {
    OutputStream to = channel.to();
    try {
      to.write(bytes);
      to.flush();
    } catch (IOException ended) {
      throw new LostConnection("the connection failed" + channel.complaint(), ended);
    }
  }

  private static void send(Channel channel, AgentImage.Archive archive) throws IOException {
    try (InputStream in = Files.newInputStream(archive.file())) {
      in.transferTo(channel.to());
    }
    channel.to().flush();
  }

  /** The next line that is ours: the shell of a user may greet first. */
  private static String next(Channel channel) throws IOException {
    BufferedReader from = channel.from();
    for (int lines = 0; lines < MOST_NOISE; lines++) {
      String line = from.readLine();
      if (line == null) {
        throw new IOException("the end of the connection");
      }
      if (line.startsWith(WORD)) {
        return line.substring(WORD.length());
      }
    }
    throw new IOException("noise instead of an answer");
  }

  private static void requireAlike(String machine) throws IOException {
    String arch = System.getProperty("os.arch");
    String ours = "Linux " + (arch.equals("amd64") ? "x86_64" : arch);
    if (!machine.equals(ours)) {
      throw new IOException(
          "it is a machine of %s, and this Faultline can bring a program for %s alone"
              .formatted(machine, ours));
    }
  }
}
