package dev.faultline.serve;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.faultline.engine.journal.RunStore;
import dev.faultline.serve.days.Diary;
import dev.faultline.serve.days.Lately;
import dev.faultline.serve.days.ScheduleJournal;
import dev.faultline.serve.door.Guard;
import dev.faultline.serve.door.Listen;
import dev.faultline.serve.door.Unservable;
import dev.faultline.serve.live.Feeds;
import dev.faultline.serve.page.Pages;
import dev.faultline.serve.runs.RunIndex;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * Serves the page until it is closed. It reads journals and schedules, and changes none. Each
 * request has a virtual thread; how many there are, how large, and how long they may take, is
 * bounded.
 */
public final class PageServer implements AutoCloseable {

  /** Of the server in the JDK, which reads them once. Times are seconds. */
  private static final Map<String, String> BOUNDS =
      Map.of(
          "jdk.httpserver.maxConnections", "256",
          "sun.net.httpserver.maxIdleConnections", "64",
          "sun.net.httpserver.idleInterval", "30",
          "sun.net.httpserver.maxReqTime", "10",
          "sun.net.httpserver.maxReqHeaders", "100",
          "sun.net.httpserver.maxReqHeaderSize", "16384",
          "sun.net.httpserver.drainAmount", "8192",
          "sun.net.httpserver.nodelay", "true");

  private final HttpServer server;
  private final ExecutorService threads;
  private final RunIndex runs;
  private final Feeds feeds;
  private final Lately lately;
  private final Settings settings;

  private PageServer(
      Settings settings,
      HttpServer server,
      ExecutorService threads,
      RunIndex runs,
      Feeds feeds,
      Lately lately) {
    this.settings = settings;
    this.server = server;
    this.threads = threads;
    this.runs = runs;
    this.feeds = feeds;
    this.lately = lately;
  }

  /**
   * Begins to serve.
   *
   * @param trouble hears, in a sentence, of what goes wrong and nobody else is told; from any
   *     thread
   * @throws Unservable when it cannot, or must not, be served as these settings say
   */
  public static PageServer open(Settings settings, InstantSource clock, Consumer<String> trouble)
      throws Unservable {
    Guard guard = Guard.of(settings.listen(), settings.token(), settings.keys().isPresent());
    require(settings);
    Optional<SSLContext> identity = Optional.empty();
    if (settings.keys().isPresent()) {
      identity = Optional.of(settings.keys().get().identity());
    }
    HttpServer server = bound(settings.listen(), identity);
    RunIndex runs = RunIndex.follow(new RunStore(settings.state()), clock);
    Feeds feeds = new Feeds(clock);
    Pages pages = new Pages(settings.version());
    Lately lately = lately(settings);
    Library library = new Library(runs, new Diary(settings.schedule(), lately), pages, clock);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(threads);
    var _ =
        server.createContext(
            "/", new Desk(new Desk.Means(guard, library, pages, feeds, clock), trouble));
    server.start();
    return new PageServer(settings, server, threads, runs, feeds, lately);
  }

  private static Lately lately(Settings settings) {
    Path journal = settings.state().resolve("schedule").resolve("journal.jsonl");
    return settings
        .store()
        .map(Lately::followed)
        .orElseGet(() -> Lately.asked(new ScheduleJournal(journal)));
  }

  private static void require(Settings settings) throws Unservable {
    Path folder = settings.state().resolve("runs");
    if (Files.exists(folder) && !(Files.isDirectory(folder) && Files.isReadable(folder))) {
      throw Unservable.notHere(
          "the folder of runs cannot be read: " + folder,
          Files.isDirectory(folder) ? "permission denied" : "it is no folder",
          "serve as the user who runs the experiments, or set XDG_STATE_HOME");
    }
    if (settings.schedule().filter(path -> !Files.isDirectory(path)).isPresent()) {
      throw Unservable.wrong(
          "%s is no folder".formatted(settings.schedule().get()),
          "game days are followed in a folder",
          "name the folder that 'faultline schedule start' follows with --schedule");
    }
  }

  private static HttpServer bound(Listen listen, Optional<SSLContext> identity) throws Unservable {
    BOUNDS.forEach(PageServer::bound);
    try {
      if (identity.isEmpty()) {
        return HttpServer.create(listen.address(), 0);
      }
      HttpsServer server = HttpsServer.create(listen.address(), 0);
      server.setHttpsConfigurator(configured(identity.get()));
      return server;
    } catch (BindException taken) {
      throw Unservable.notHere(
          "nothing can listen at %s:%d".formatted(listen.host(), listen.address().getPort()),
          String.valueOf(taken.getMessage()),
          "end what listens there, or choose another port with --listen");
    } catch (IOException refused) {
      throw Unservable.notHere(
          "nothing can listen at %s:%d".formatted(listen.host(), listen.address().getPort()),
          String.valueOf(refused.getMessage()),
          "choose a port above 1023, or another address, with --listen");
    }
  }

  private static void bound(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }

  private static HttpsConfigurator configured(SSLContext identity) {
    return new HttpsConfigurator(identity) {
      @Override
      public void configure(HttpsParameters parameters) {
        SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
        wanted.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setSSLParameters(wanted);
      }
    };
  }

  /** The address to type into a browser of this machine. */
  public String address() {
    String host = settings.listen().host();
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return "%s://%s:%d/"
        .formatted(
            settings.keys().isPresent() ? "https" : "http", shown, server.getAddress().getPort());
  }

  /** How many pages are open that change by themselves. */
  public int viewers() {
    return feeds.open();
  }

  /** Ends every stream and answers no more. */
  @Override
  public void close() {
    feeds.close();
    lately.close();
    runs.close();
    server.stop(0);
    threads.shutdownNow();
  }
}
