package dev.faultline.app;

import dev.faultline.environment.secret.SecretFile;
import dev.faultline.gameday.course.Chronicle;
import dev.faultline.gameday.shared.StoreAddress;
import dev.faultline.gameday.shared.StoreChronicle;
import dev.faultline.judge.Outcome;
import dev.faultline.serve.PageServer;
import dev.faultline.serve.Settings;
import dev.faultline.serve.door.Keys;
import dev.faultline.serve.door.Listen;
import dev.faultline.serve.door.Token;
import dev.faultline.serve.door.Unservable;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves the page for the war room, until it is stopped. */
@Command(
    name = "serve",
    description = {
      "Serves a page with what is on, what comes and what was, for a browser: it reads",
      "runs and game days, and changes nothing."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "%nExample:",
      "  faultline serve --schedule examples/game-days",
      "  faultline serve --schedule days --store jdbc:postgresql://db.example/ops?user=watcher",
      "%nCtrl-C and SIGTERM end it.",
      "%nExit codes:",
      "  0 ended   2 usage, or a file of no use",
      "  5 the address is taken, or the runs cannot be read"
    })
final class ServeCommand implements Callable<Integer> {

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = {
        "Where. An address that others reach needs a token and TLS. Default:",
        "127.0.0.1:8480."
      })
  private String listen = "127.0.0.1:8480";

  @Option(
      names = "--schedule",
      paramLabel = "DIR",
      description = "The folder of game days, for the calendar.")
  private @Nullable Path schedule;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A file of mode 0600. Its first line opens the page: 20 letters or more.")
  private @Nullable Path token;

  @Option(
      names = "--tls-certificate",
      paramLabel = "FILE",
      description = "The certificate of the page in PEM, and those between it and its root.")
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "Its private key in PEM: PKCS 8, without a password.")
  private @Nullable Path key;

  @Mixin private StorePlace store = new StorePlace();

  private final Console console;

  ServeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws UsageError, InterruptedException {
    try (PageServer server = PageServer.open(settings(), InstantSource.system(), this::complain)) {
      CountDownLatch end = new CountDownLatch(1);
      for (String signal : List.of("INT", "TERM", "HUP")) {
        Signals.handle(signal, end::countDown);
      }
      console.err().line("Serving at " + server.address());
      end.await();
      return 0;
    } catch (Unservable unservable) {
      if (unservable.isWrong()) {
        throw new UsageError(unservable.what(), unservable.why(), unservable.fix());
      }
      console.error(unservable.what(), unservable.why(), unservable.fix());
      return Outcome.NOT_READY.exitCode();
    }
  }

  private Settings settings() throws Unservable, UsageError {
    return new Settings(
        Listen.parse(listen),
        token == null ? Optional.empty() : Optional.of(token(token)),
        keys(),
        console.state(),
        Optional.ofNullable(schedule),
        store.address(console).map(this::chronicle),
        Setup.version());
  }

  private Chronicle chronicle(StoreAddress address) {
    return new StoreChronicle(address, () -> store.password(console.env()));
  }

  private static Token token(Path file) throws Unservable, UsageError {
    try {
      return Token.of(new SecretFile("--token-file", file.toString(), Path.of("")).read("token"));
    } catch (SecretFile.NoSecret why) {
      throw new UsageError(
          "the token cannot be read", why.words(), "name a text file that only this user can read");
    }
  }

  private Optional<Keys> keys() throws UsageError {
    if (certificate != null && key != null) {
      return Optional.of(new Keys(certificate, key));
    }
    if (certificate != null || key != null) {
      throw new UsageError(
          "--tls-%s is given without --tls-%s"
              .formatted(key == null ? "certificate" : "key", key == null ? "key" : "certificate"),
          "TLS needs both",
          "give both, or none");
    }
    return Optional.empty();
  }

  private void complain(String words) {
    console.err().line(Inert.text(words));
  }
}
