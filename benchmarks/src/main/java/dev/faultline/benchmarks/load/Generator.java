package dev.faultline.benchmarks.load;

import dev.faultline.benchmarks.Spent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program that puts a load on a server and says what it met. */
sealed interface Generator {

  /** As the table calls it. */
  String name();

  /** Runs it once. */
  Figures run(String url, int rate, int seconds, Path folder)
      throws IOException, InterruptedException;

  /** Faultline's own, in a process of its own; see {@link OwnLoad}. */
  record Faultline() implements Generator {

    @Override
    public String name() {
      return "Faultline";
    }

    @Override
    public Figures run(String url, int rate, int seconds, Path folder)
        throws IOException, InterruptedException {
      Path figures = folder.resolve("own.json");
      ProcessBuilder program =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=1",
              "-cp",
              System.getProperty("java.class.path"),
              OwnLoad.class.getName(),
              url,
              String.valueOf(rate),
              String.valueOf(seconds),
              figures.toString());
      Spent spent = Spent.by(program.inheritIO());
      JsonNode said = json(figures);
      return new Figures(
          said.get("rate").asDouble(),
          said.get("p50").asDouble(),
          said.get("p99").asDouble(),
          said.get("failed").asLong(),
          spent);
    }
  }

  /** vegeta, at its defaults. */
  record Vegeta(String command) implements Generator {

    private static final double NANOS_PER_MILLI = 1e6;

    @Override
    public String name() {
      return "vegeta";
    }

    @Override
    public Figures run(String url, int rate, int seconds, Path folder)
        throws IOException, InterruptedException {
      Path targets = folder.resolve("targets");
      Path met = folder.resolve("vegeta.bin");
      Path figures = folder.resolve("vegeta.json");
      Files.writeString(targets, "GET " + url + "\n");
      List<String> attack =
          List.of(command, "attack", "-targets", targets.toString(), "-output", met.toString());
      ProcessBuilder program = new ProcessBuilder(new ArrayList<>(attack));
      program.command().addAll(List.of("-rate", rate + "/s", "-duration", seconds + "s"));
      Spent spent = Spent.by(program);
      Spent.by(
          new ProcessBuilder(command, "report", "-type", "json", met.toString())
              .redirectOutput(figures.toFile()));
      JsonNode said = json(figures);
      long sent = said.get("requests").asLong();
      double good = sent * said.get("success").asDouble();
      return new Figures(
          good / seconds,
          said.at("/latencies/50th").asDouble() / NANOS_PER_MILLI,
          said.at("/latencies/99th").asDouble() / NANOS_PER_MILLI,
          Math.round(sent - good),
          spent);
    }
  }

  /** k6 with its constant arrival rate, and as many users as it needs. */
  record K6(String command) implements Generator {

    @Override
    public String name() {
      return "k6";
    }

    @Override
    public Figures run(String url, int rate, int seconds, Path folder)
        throws IOException, InterruptedException {
      Path script = folder.resolve("load.js");
      Path figures = folder.resolve("k6.json");
      // As many as a stall keeps waiting, and some.
      int users = rate * StallingServer.STALL_MILLIS / 1000 * 3 / 2;
      Files.writeString(
          script,
          """
          import http from 'k6/http';
          export const options = {
            discardResponseBodies: true,
            summaryTrendStats: ['med', 'p(99)'],
            scenarios: { load: { executor: 'constant-arrival-rate', rate: %d, timeUnit: '1s',
              duration: '%ds', preAllocatedVUs: %d, maxVUs: %d } },
          };
          export default function () { http.get('%s'); }
          """
              .formatted(rate, seconds, users, 2 * users, url));
      ProcessBuilder program =
          new ProcessBuilder(
              command, "run", "--quiet", "--summary-export", figures.toString(), script.toString());
      program.environment().put("K6_NO_USAGE_REPORT", "true");
      Spent spent =
          Spent.by(
              program
                  .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                  .redirectError(ProcessBuilder.Redirect.DISCARD));
      JsonNode said = json(figures).get("metrics");
      double sent = said.at("/http_reqs/count").asDouble();
      double failed = said.at("/http_req_failed/value").asDouble() * sent;
      return new Figures(
          (sent - failed) / seconds,
          said.at("/http_req_duration/med").asDouble(),
          said.at("/http_req_duration/p(99)").asDouble(),
          Math.round(failed),
          spent);
    }
  }

  private static JsonNode json(Path file) throws IOException {
    return JsonMapper.shared().readTree(Files.readString(file));
  }
}
