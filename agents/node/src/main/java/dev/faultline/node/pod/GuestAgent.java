package dev.faultline.node.pod;

import dev.faultline.node.packet.agent.PacketAgent;
import dev.faultline.node.packet.agent.PacketLauncher;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The first process of an ephemeral container in the pod whose packets are disturbed: starts a
 * {@link PacketAgent} and hands its own input on to it.
 *
 * <p>The agent is a process of its own because the kernel spares the first one of a container the
 * signal by which it ends an agent that hangs. If nobody says anything for a while, it ends: such a
 * container cannot be taken away.
 *
 * <p>Exits as the agent does, or with 5.
 */
public final class GuestAgent {

  private static final int UNHEARD = 5;
  private static final String PATIENCE = "patience-ms=";

  private GuestAgent() {}

  /** The arguments: how long to wait for the first word. */
  public static List<String> arguments(Duration patience) {
    return List.of(PATIENCE + patience.toMillis());
  }

  /** Runs until the agent ends. The arguments are those above. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    long patience = Long.parseLong(arguments[0].substring(PATIENCE.length()));
    Process agent =
        new ProcessBuilder(PacketLauncher.likeThisProcess().command())
            .redirectOutput(Redirect.INHERIT)
            .redirectError(Redirect.INHERIT)
            .start();
    CountDownLatch heard = new CountDownLatch(1);
    Thread.ofPlatform().daemon().name("input").start(() -> handOn(System.in, agent, heard));
    if (!heard.await(patience, TimeUnit.MILLISECONDS)) {
      System.out.println("refused nobody has said what to do");
      agent.destroyForcibly();
      System.exit(UNHEARD);
    }
    System.exit(agent.waitFor());
  }

  /** The end of input, however it comes, is handed on too. */
  private static void handOn(InputStream from, Process agent, CountDownLatch heard) {
    byte[] bytes = new byte[1 << 13];
    try (OutputStream to = agent.getOutputStream()) {
      for (int length = from.read(bytes); length >= 0; length = from.read(bytes)) {
        to.write(bytes, 0, length);
        to.flush();
        heard.countDown();
      }
    } catch (IOException over) {
      // The agent has ended, or its input has.
      return;
    } finally {
      heard.countDown();
    }
  }
}
