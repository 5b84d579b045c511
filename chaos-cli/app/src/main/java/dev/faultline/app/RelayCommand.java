package dev.faultline.app;

import dev.faultline.judge.Outcome;
import dev.faultline.node.relay.Relay;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Passes connections on, and disturbs them. */
@Command(
    name = "relay",
    description = "Passes TCP connections on to a server, and disturbs them.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "%nLines of input change what is in force:",
      "  latency 100ms jitter 10ms     bandwidth 64Ki      reset 5s     refuse",
      "  slice 10 pause 5ms            limit 1Mi           blackhole    half-close",
      "  each with: direction to-target, share 10%%, seed 7, as NAME",
      "  clear, clear NAME, status",
      "%nExample:",
      "  faultline relay --listen 127.0.0.1:8000 --to 127.0.0.1:5432 --latency 300ms --jitter 30ms",
      "%nWhat is open at its end is reset. docs/relay.md says what each fault does.",
      "%nExit codes:",
      "  0 the input ended   2 an option or a line was wrong   5 the address cannot be had",
      "  6 ended by Ctrl-C or a signal"
    })
final class RelayCommand implements Callable<Integer> {

  @Option(
      names = "--listen",
      paramLabel = "[HOST:]PORT",
      defaultValue = "0",
      description = "Where clients connect: this machine alone, and any free port, if not said.")
  private String listen = "0";

  @Option(names = "--to", paramLabel = "[HOST:]PORT", required = true, description = "The server.")
  private String to = "";

  @Mixin private RelayOptions options = new RelayOptions();

  @Option(
      names = "--follow-input",
      description = {
        "Ends when the input ends, unless that is a terminal;",
        "with 2 if a line was not understood, else with 0."
      })
  private boolean followInput;

  private final Console console;

  RelayCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws UsageError {
    InetSocketAddress here = RelayAddress.read("--listen", listen);
    InetSocketAddress target = RelayAddress.read("--to", to);
    if (target.getPort() == 0) {
      throw new UsageError("--to needs a port", "0 is none that a server has", "");
    }
    List<RelayOrder> orders = options.orders();
    try (Relay relay = Relay.start(here, target)) {
      RelayShell shell = new RelayShell(relay, console);
      orders.forEach(shell::obey);
      console
          .out()
          .line(
              "listening on %s, passing on to %s"
                  .formatted(
                      RelayAddress.spell(here, relay.port()),
                      RelayAddress.spell(target, target.getPort())));
      return serve(shell);
    } catch (IOException taken) {
      console.error(String.valueOf(taken.getMessage()), "", "");
      return Outcome.NOT_READY.exitCode();
    }
  }

  /** Returns at a signal, or at the end of input when that is followed. */
  private int serve(RelayShell shell) {
    CompletableFuture<Integer> end = new CompletableFuture<>();
    for (String signal : List.of("INT", "TERM", "HUP")) {
      Signals.handle(signal, () -> end.complete(Outcome.HALTED.exitCode()));
    }
    Thread.ofPlatform().daemon().name("relay-input").start(() -> follow(shell, end));
    return end.join();
  }

  private void follow(RelayShell shell, CompletableFuture<Integer> end) {
    boolean right;
    try (BufferedReader input = console.input()) {
      right = shell.follow(input);
    } catch (IOException unreadable) {
      console.error("the input cannot be read", String.valueOf(unreadable.getMessage()), "");
      right = false;
    }
    if (followInput && !console.person()) {
      end.complete(right ? 0 : 2);
    }
  }
}
