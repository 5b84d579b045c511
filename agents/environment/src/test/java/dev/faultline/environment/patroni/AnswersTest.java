package dev.faultline.environment.patroni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.environment.patroni.Loopback.Said;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What etcd and agents answer, as they were seen to. */
class AnswersTest {

  @Test
  void theHolderOfTheLockIsRead() throws Exception {
    String answer =
        """
        {"header":{"revision":"22"},"kvs":[{"key":"L3NlcnZpY2Uvb3JkZXJzLWRiL2xlYWRlcg==",
        "value":"b3JkZXJzLWRiLTI=","lease":"694013961700560905"}],"count":"1"}""";

    assertThat(LeaderLock.holder(new Said(200, answer).json())).contains("orders-db-2");
  }

  @Test
  void aKeyThatIsNotThereIsALockThatNobodyHolds() throws Exception {
    assertThat(LeaderLock.holder(new Said(200, "{\"header\":{\"revision\":\"9\"}}").json()))
        .isEmpty();
  }

  @Test
  void whatIsNoAnswerOfEtcdIsRefused() {
    assertThatThrownBy(() -> new Said(200, "<html>").json()).isInstanceOf(IOException.class);
    assertThatThrownBy(
            () -> LeaderLock.holder(new Said(200, "{\"kvs\":[{\"value\":\"%%\"}]}").json()))
        .isInstanceOf(IOException.class);
  }

  @Test
  void theNodesOfAClusterAreListed() throws Exception {
    String answer =
        """
        {"members": [{"name": "orders-db-1", "role": "leader", "state": "running", "timeline": 1},
        {"name": "orders-db-2", "role": "sync_standby", "state": "streaming", "lag": 0}],
        "scope": "orders-db"}""";

    assertThat(PatroniApi.cluster(new Said(200, answer).json()))
        .containsExactly(
            new PatroniApi.Listed("orders-db-1", "leader", "running"),
            new PatroniApi.Listed("orders-db-2", "sync_standby", "streaming"));
    assertThat(PatroniApi.cluster(new Said(503, "{}").json())).isEmpty();
  }

  @Test
  void settingsKeepTheNamesThatPatroniGivesThem() throws Exception {
    String answer =
        """
        {"ttl": 20, "loop_wait": 1, "synchronous_mode": true, "primary_start_timeout": 0,
        "postgresql": {"use_pg_rewind": true}}""";

    assertThat(PatroniApi.settings(new Said(200, answer).json()))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "patroni.ttl", "20",
                "patroni.loop_wait", "1",
                "patroni.synchronous_mode", "true",
                "patroni.primary_start_timeout", "0"));
  }
}
