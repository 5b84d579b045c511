package dev.faultline.environment.kubernetes.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The image of the agent, made without a container engine. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("cluster of a real node")
final class AgentImageTest {

  @TempDir private Path first;
  @TempDir private Path second;

  @Test
  void theSamePackagesRuntimeAndJarGiveTheSameBytesInBothFormats() throws Exception {
    Path one = AgentImage.build(first);
    Path another = AgentImage.build(second);

    assertThat(Files.mismatch(one, another)).isEqualTo(-1);
    Map<String, String> files = texts(one);
    JsonNode saved = JsonMapper.shared().readTree(files.get("./manifest.json")).get(0);
    JsonNode index = JsonMapper.shared().readTree(files.get("./index.json"));
    String manifest = blob(index.get("manifests").get(0).get("digest").asString());
    JsonNode config = JsonMapper.shared().readTree(files.get(manifest)).get("config");
    assertThat(blob(config.get("digest").asString()))
        .isEqualTo("./" + saved.get("Config").asString());
    assertThat(files.get("./" + saved.get("Config").asString()))
        .contains("\"User\":\"65532:65532\"", "dev.faultline.node.pod.PodAgent");
    assertThat(saved.get("Layers").size()).isEqualTo(3);
  }

  private static String blob(String digest) {
    return "./blobs/" + digest.replace(':', '/');
  }

  private static Map<String, String> texts(Path image) throws Exception {
    Map<String, String> texts = new HashMap<>();
    try (TarArchiveInputStream tar = new TarArchiveInputStream(Files.newInputStream(image))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.isFile() && entry.getSize() < 10_000) {
          texts.put(entry.getName(), new String(tar.readAllBytes(), UTF_8));
        }
      }
    }
    return texts;
  }
}
