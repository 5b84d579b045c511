package dev.faultline.benchmarks.load;

import dev.faultline.environment.load.LoadGenerator;
import dev.faultline.judge.Quantity;
import dev.faultline.model.environment.Load;
import dev.faultline.model.world.Action.StartLoad;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.LoadInterval;
import dev.faultline.model.world.Query.LoadStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/** One load by Faultline's generator. */
final class OwnLoad {

  private static final long MICROS_PER_MILLI = 1000;

  private OwnLoad() {}

  /** Takes the address, requests per second, seconds, and the file for the figures. */
  public static void main(String[] args)
      throws IOException, InterruptedException, DataFormatException {
    int seconds = Integer.parseInt(args[2]);
    Load load = Load.of(args[0], Quantity.parse(args[1] + "/s"));
    try (LoadGenerator generator = new LoadGenerator(UnaryOperator.identity())) {
      generator.start(new StartLoad(load));
      write(Path.of(args[3]), complete(generator, seconds), seconds);
    }
  }

  /** The seconds asked for, once each of their requests has ended. */
  private static List<LoadInterval> complete(LoadGenerator generator, int seconds)
      throws InterruptedException {
    LoadStatus all = new LoadStatus(Duration.ofHours(1));
    while (true) {
      if (generator.ask(all) instanceof Answer.LoadFigures figures
          && figures.intervals().size() >= seconds) {
        return figures.intervals().subList(0, seconds);
      }
      Thread.sleep(20);
    }
  }

  private static void write(Path file, List<LoadInterval> intervals, int seconds)
      throws IOException, DataFormatException {
    Histogram latencies = new Histogram(3);
    long answered = 0;
    long failed = 0;
    for (LoadInterval interval : intervals) {
      answered += interval.answered();
      failed += interval.failed();
      latencies.add(
          Histogram.decodeFromCompressedByteBuffer(
              ByteBuffer.wrap(Base64.getDecoder().decode(interval.histogram())), 0));
    }
    Files.writeString(
        file,
        "{\"rate\":%s,\"p50\":%s,\"p99\":%s,\"failed\":%d}"
            .formatted(
                (double) answered / seconds,
                (double) latencies.getValueAtPercentile(50) / MICROS_PER_MILLI,
                (double) latencies.getValueAtPercentile(99) / MICROS_PER_MILLI,
                failed));
  }
}
