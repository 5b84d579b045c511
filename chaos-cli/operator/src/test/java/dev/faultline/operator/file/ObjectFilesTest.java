package dev.faultline.operator.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.environment.Kubernetes;
import dev.faultline.operator.course.Seen;
import dev.faultline.operator.course.Seen.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class ObjectFilesTest {

  private static final String SPEC =
      """
      {"environment": "here",
       "gates": [{"name": "ready", "kubernetes": {"deployment": "web", "read": "readyReplicas"}, "above": 0}],
       "faults": [{"podKill": {}, "target": {"deployment": "web", "count": 1}}]}
      """;

  @TempDir private Path folder;
  private final Map<Seen.Key, JsonNode> objects = new HashMap<>();
  private final Seen.Key killed = new Seen.Key(Kind.EXPERIMENT, "shop", "killed-pods");
  private final Seen.Key here = new Seen.Key(Kind.ENVIRONMENT, "shop", "here");

  @BeforeEach
  void objects() {
    put(killed, SPEC);
    put(here, "{\"kubernetes\": {\"context\": \"staging\", \"namespace\": \"shop\"}}");
  }

  private void put(Seen.Key key, String spec) {
    objects.put(key, Codec.json().readTree(spec));
  }

  private LoadedExperiment load() throws NotRun, IOException {
    return new ObjectFiles(folder, key -> Optional.ofNullable(objects.get(key)), Optional.empty())
        .load(killed);
  }

  private NotRun refused() {
    return catchThrowableOfType(NotRun.class, this::load);
  }

  @Test
  void anObjectIsReadAsItsFileAndRunInTheClusterThatKeepsIt() throws Exception {
    LoadedExperiment experiment = load();

    assertThat(experiment.name()).isEqualTo("killed-pods");
    assertThat(experiment.environmentName()).isEqualTo("shop.here");
    assertThat(experiment.environment().place())
        .isEqualTo(
            new Kubernetes(
                Optional.empty(),
                Optional.of("shop"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    assertThat(load()).as("again, over the files of the last time").isNotNull();
  }

  @Test
  void environmentsThatExtendOthersAreFoundByName() throws Exception {
    put(here, "{\"extends\": \"base\", \"kubernetes\": {\"limits\": {\"nodes\": 2}}}");
    assertThat(refused().waits()).isTrue();
    assertThat(refused().words()).contains("'base'");
    put(new Seen.Key(Kind.ENVIRONMENT, "shop", "base"), "{\"kubernetes\": {}}");
    assertThat(load().environment().place()).isInstanceOf(Kubernetes.class);
  }

  @Test
  void whatIsNotThereYetIsWaitedFor() {
    objects.remove(here);
    assertThat(refused().waits()).isTrue();
    assertThat(refused().reason()).isEqualTo("EnvironmentMissing");
  }

  @Test
  void whatTheReaderRefusesIsToldWithItsPlace() {
    put(killed, SPEC.replace("\"above\": 0", "\"above\": \"80 apples\""));
    assertThat(refused().waits()).isFalse();
    assertThat(refused().words()).contains("above").doesNotContain(folder.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"environment\": \"here\" | \"environment\": \"../../etc/passwd\" | names no object",
        "\"environment\": \"here\" | \"environment\": {\"local\": {}} | is no cluster",
        "\"environment\": \"here\" | \"environment\": {\"kubernetes\": {\"namespace\": \"other\"}}"
            + " | an object is run in its own",
        "\"kubernetes\": {\"deployment\": \"web\", \"read\": \"readyReplicas\"}, \"above\": 0 |"
            + " \"command\": [\"id\"], \"equals\": 0 | runs a command",
        "\"podKill\": {}, \"target\": {\"deployment\": \"web\", \"count\": 1} | \"custom\":"
            + " {\"do\": [\"id\"], \"undo\": [\"id\"], \"verify\": [\"id\"]}, \"for\": \"5s\" |"
            + " runs no commands",
        "\"podKill\": {}, \"target\": {\"deployment\": \"web\", \"count\": 1} | \"kill\": {},"
            + " \"target\": {\"process\": \"orders\"} | not in the cluster",
        "\"faults\" | \"load\": {\"http\": \"http://web.shop.svc\", \"rate\": \"5/s\"}, \"faults\""
            + " | makes no load",
      })
  void whatOthersMayNotLetAnOperatorDoIsRefused(String right, String wrong, String why) {
    assertThat(SPEC).contains(right);
    put(killed, SPEC.replace(right, wrong));
    NotRun none = refused();
    assertThat(none).isNotNull();
    assertThat(none.waits()).isFalse();
    assertThat(none.words()).contains(why);
  }

  @Test
  void noFileOfTheOperatorIsReadForOthers() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "s3cret");
    put(
        here,
        "{\"kubernetes\": {}, \"prometheus\": {\"url\": \"http://evil.example\", \"bearerTokenFile\": \"%s\"}}"
            .formatted(token));
    assertThat(refused().words()).contains("bearerTokenFile names a file").doesNotContain("s3cret");
  }
}
