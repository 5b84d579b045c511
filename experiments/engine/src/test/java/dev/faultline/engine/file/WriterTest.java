package dev.faultline.engine.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.document.Document;
import dev.faultline.model.document.Environment;
import dev.faultline.model.document.Metadata;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.environment.Local;
import dev.faultline.model.environment.Local.LocalProcess;
import dev.faultline.model.environment.PrometheusEndpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriterTest {

  @TempDir private Path folder;

  @Test
  void whatIsWrittenIsReadAgain() throws Exception {
    Environment environment =
        new Environment(
            Document.API_VERSION,
            "Environment",
            new Metadata("here", Map.of(), Map.of()),
            new EnvironmentSpec(
                new Local(
                    Map.of("web", LocalProcess.ofPidFile("/run/a: b.pid")),
                    Map.of("web.http", "8080", "answer", "no", "text", "a: '${b}' #c")),
                Optional.of(
                    PrometheusEndpoint.at("http://127.0.0.1:9090")
                        .every(Optional.of(Duration.ofMillis(1500)), Optional.empty())),
                Optional.empty(),
                Map.of()));
    Path file = folder.resolve("here.yaml");
    Files.writeString(file, new Writer().write(environment));

    assertThat(new Loader().load(file, file.toString())).containsExactly(environment);
  }
}
