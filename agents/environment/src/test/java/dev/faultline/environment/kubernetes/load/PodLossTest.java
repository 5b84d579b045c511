package dev.faultline.environment.kubernetes.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which pods of a load are lost, and in which words. */
final class PodLossTest {

  private static final Pod MADE = pod("metadata: {name: load-0, uid: u1}");

  private static Pod pod(String yaml) {
    return Serialization.unmarshal(yaml, Pod.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "status: {phase: Failed, reason: Evicted} | it has ended: Evicted",
        "status: {phase: Failed, containerStatuses: [{state: {terminated: {reason: OOMKilled,"
            + " exitCode: 137}}}]} | it has ended: OOMKilled, exit code 137",
        "status: {phase: Succeeded} | it has ended"
      })
  void how_one_was_lost_is_what_the_cluster_says(String status, String words) {
    Pod now = pod("metadata: {name: load-0, uid: u1}\n" + status);

    assertThat(PodLoss.of(MADE, List.of(now))).hasValue(words);
  }

  @Test
  void one_that_is_being_deleted_or_gone_or_another_of_its_name_is_lost() {
    Pod deleted =
        pod(
            """
            metadata: {name: load-0, uid: u1, deletionTimestamp: '2026-01-01T12:00:00Z'}
            status: {phase: Running}
            """);

    Pod ended =
        pod(
            """
            metadata: {name: load-0, uid: u1, deletionTimestamp: '2026-01-01T12:00:00Z'}
            status:
              phase: Failed
              containerStatuses: [{state: {terminated: {reason: Error, exitCode: 143}}}]
            """);

    assertThat(PodLoss.of(MADE, List.of(deleted))).hasValue("it was deleted");
    assertThat(PodLoss.of(MADE, List.of(ended))).hasValue("it was deleted: Error, exit code 143");
    assertThat(PodLoss.of(MADE, List.of(pod("metadata: {name: load-0, uid: u2}"))))
        .hasValue("it is gone");
  }

  @Test
  void one_that_runs_or_has_not_begun_is_not_lost() {
    Pod running = pod("metadata: {name: load-0, uid: u1}\nstatus: {phase: Running}");

    assertThat(PodLoss.of(MADE, List.of(running))).isEmpty();
    assertThat(PodLoss.of(MADE, List.of(pod("metadata: {uid: u1}\nstatus: {startTime: x}"))))
        .isEmpty();
  }
}
