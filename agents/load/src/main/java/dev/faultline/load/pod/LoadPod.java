package dev.faultline.load.pod;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.faultline.load.LoadPart;
import dev.faultline.load.LoadRun;
import dev.faultline.load.LoadSecond;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The program in a pod that makes a part of a load. It asks nobody: it follows a file of {@link
 * LoadOrders} that the kubelet writes, and what it met is the log of the pod.
 *
 * <ol>
 *   <li>When it is ready to begin: {@code ready}.
 *   <li>Each second, once all of its requests have ended: a {@link SecondLine}.
 *   <li>A lease that is not renewed ends it, with {@code expired}.
 * </ol>
 */
public final class LoadPod {

  private static final Duration BETWEEN = Duration.ofMillis(20);
  private static final String INDEX = "JOB_COMPLETION_INDEX";
  private static final int EXPIRED = 1;
  private static final int USAGE = 2;

  private final LoadSettings settings;
  private final int index;
  private final PrintStream out;
  private long until;
  private long told;
  private long revision;
  private String seen = "";
  private @Nullable LoadRun run;

  private LoadPod(LoadSettings settings, int index, PrintStream out) {
    this.settings = settings;
    this.index = index;
    this.out = out;
    renew();
  }

  /**
   * Runs until the lease ends, or the pod does. The arguments are {@link LoadSettings}; which of
   * the parts it makes stands in its environment, as the controller of Jobs says it.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    System.exit(run(List.of(arguments), System.getenv(), out));
  }

  /** Does what the program does; the process must end then, by the number that is returned. */
  static int run(List<String> arguments, Map<String, String> environment, PrintStream out)
      throws InterruptedException {
    LoadPod pod;
    try {
      LoadSettings settings = LoadSettings.parse(arguments);
      int index = Integer.parseInt(environment.getOrDefault(INDEX, "0"));
      LoadPart _ = new LoadPart(index, settings.of());
      pod = new LoadPod(settings, index, out);
    } catch (IllegalArgumentException rubbish) {
      out.println("refused " + rubbish.getMessage());
      return USAGE;
    }
    try {
      return pod.follow();
    } finally {
      pod.end();
    }
  }

  private int follow() throws InterruptedException {
    boolean rehearsed = false;
    while (System.nanoTime() - until < 0) {
      Optional<LoadOrders> news = news();
      if (news.isPresent()) {
        if (!rehearsed) {
          LoadRun.rehearse(news.get().order());
          out.println("ready");
          rehearsed = true;
        }
        obey(news.get());
      }
      tell();
      Thread.sleep(BETWEEN);
    }
    out.println("expired");
    return EXPIRED;
  }

  /** A file that is not there, or has no orders, is no news; a revision is followed but once. */
  private Optional<LoadOrders> news() {
    try {
      String text = Files.readString(settings.orders());
      if (text.equals(seen)) {
        return Optional.empty();
      }
      seen = text;
      return Optional.of(LoadOrders.parse(text)).filter(orders -> orders.revision() > revision);
    } catch (IOException none) {
      return Optional.empty();
    } catch (IllegalArgumentException rubbish) {
      out.println("refused " + rubbish.getMessage());
      return Optional.empty();
    }
  }

  private void obey(LoadOrders orders) {
    renew();
    revision = orders.revision();
    if (run == null && orders.start().isPresent()) {
      run =
          new LoadRun(
              orders.order(),
              Math.ceilDiv(LoadRun.IN_FLIGHT, settings.of()),
              new LoadPart(index, settings.of()),
              orders.start().get());
    }
    if (run != null) {
      run.take(orders.rates());
    }
  }

  private void renew() {
    until = System.nanoTime() + settings.lease().toNanos();
  }

  private void tell() {
    if (run == null) {
      return;
    }
    for (LoadSecond second : run.from(told)) {
      out.println(SecondLine.of(second));
      told = second.second() + 1;
    }
  }

  private void end() {
    if (run != null) {
      run.close();
    }
  }
}
