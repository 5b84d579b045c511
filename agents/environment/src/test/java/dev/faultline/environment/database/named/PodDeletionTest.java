package dev.faultline.environment.database.named;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.database.named.FakeApi.Reply;
import dev.faultline.model.environment.FailoverMeans;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.FailoverKind;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PodDeletionTest {

  private static final String PODS = "/api/v1/namespaces/prod/pods";

  @Test
  void theOnePodThatIsPrimaryIsDeletedWithoutGrace() throws Exception {
    try (FakeApi api =
        new FakeApi(
            request ->
                request.startsWith("GET")
                    ? new Reply(200, pods("orders-0"))
                    : new Reply(200, "{\"kind\": \"Status\", \"apiVersion\": \"v1\"}"))) {
      Effect effect = deletion(api.url()).take(FailoverKind.CRASH, "");
      assertThat(effect).as(effect.detail()).isInstanceOf(Effect.Done.class);
      assertThat(effect.detail()).contains("orders-0");
      assertThat(api.requests().getFirst())
          .startsWith("GET " + PODS + "?labelSelector=role%3Dprimary");
      assertThat(api.requests().getLast())
          .startsWith("DELETE " + PODS + "/orders-0")
          .contains("\"gracePeriodSeconds\":0", "\"preconditions\":{\"uid\":\"u-1\"}");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 409})
  void aPodThatWasReplacedMeanwhileIsLeftAlone(int answer) throws Exception {
    try (FakeApi api =
        new FakeApi(
            request ->
                request.startsWith("GET")
                    ? new Reply(200, pods("orders-0"))
                    : new Reply(answer, "{\"kind\": \"Status\", \"apiVersion\": \"v1\"}"))) {
      assertThat(deletion(api.url()).take(FailoverKind.CRASH, ""))
          .isEqualTo(new Effect.Superseded("pod orders-0 (u-1) was replaced meanwhile"));
    }
  }

  @Test
  void aSelectorOfNoneOrOfSeveralDeletesNothing() throws Exception {
    try (FakeApi none = new FakeApi(_ -> new Reply(200, pods()));
        FakeApi two = new FakeApi(_ -> new Reply(200, pods("orders-0", "orders-1")))) {
      assertThat(deletion(none.url()).take(FailoverKind.CRASH, "").detail())
          .isEqualTo("Kubernetes: role=primary in prod selects 0 pods, and must select one");
      assertThat(deletion(two.url()).take(FailoverKind.CRASH, "").detail())
          .endsWith("selects 2 pods, and must select one: orders-0, orders-1");
      assertThat(none.requests()).noneMatch(request -> request.startsWith("DELETE"));
      assertThat(two.requests()).noneMatch(request -> request.startsWith("DELETE"));
    }
  }

  @Test
  void aRefusalAndASilentServerAreToldInTime() throws Exception {
    try (FakeApi forbids =
            new FakeApi(
                _ ->
                    new Reply(
                        403,
                        "{\"kind\":\"Status\",\"status\":\"Failure\",\"code\":403,"
                            + "\"message\":\"pods is forbidden\"}"));
        FakeApi silent =
            new FakeApi(
                _ -> {
                  Thread.sleep(60_000);
                  return new Reply(200, "");
                })) {
      assertThat(deletion(forbids.url()).take(FailoverKind.CRASH, ""))
          .isInstanceOf(Effect.Failed.class)
          .extracting(Effect::detail)
          .asString()
          .contains("pods is forbidden");
      long began = System.nanoTime();
      assertThat(deletion(silent.url()).take(FailoverKind.CRASH, ""))
          .isInstanceOf(Effect.Failed.class);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
      assertThat(deletion("http://127.0.0.1:1").take(FailoverKind.CRASH, ""))
          .isInstanceOf(Effect.Failed.class);
    }
  }

  private static PodDeletion deletion(String url) {
    Config config = new ConfigBuilder(Config.empty()).withMasterUrl(url).build();
    return new PodDeletion(
        new FailoverMeans.Kubernetes(Optional.empty(), Optional.of("prod"), "role=primary"),
        () -> config);
  }

  private static String pods(String... names) {
    return "{\"kind\": \"PodList\", \"apiVersion\": \"v1\", \"metadata\": {}, \"items\": [%s]}"
        .formatted(
            Arrays.stream(names)
                .map(
                    name ->
                        "{\"kind\": \"Pod\", \"apiVersion\": \"v1\", \"metadata\": {\"name\": \"%s\", \"namespace\": \"prod\", \"uid\": \"u-1\"}}"
                            .formatted(name))
                .collect(Collectors.joining(",")));
  }
}
