package dev.faultline.engine.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.document.ExperimentSpec;
import dev.faultline.model.environment.EnvironmentSpec;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeyValueStoresTest {

  private static final String ETCD = "'etcd': {'endpoints': ['http://h:2379']}";
  private static final String POSTGRES = "'jdbc': 'jdbc:postgresql://h/d'";

  private static LoadedExperiment experiment(String store, String gate) {
    return new LoadedExperiment(
        "one",
        read(
            ("{'ledger': {'database': 'kv'}, 'gates': [{'name': 'odd', %s, 'equals': 0}],"
                    + " 'faults': [{'partition': {}, 'target': {'netns': 'one'}, 'for': '5s'}]}")
                .formatted(gate),
            ExperimentSpec.class),
        "somewhere",
        read("{'databases': {'kv': {%s}}}".formatted(store), EnvironmentSpec.class),
        "one.yaml",
        Path.of("/"));
  }

  private static <T> T read(String json, Class<T> type) {
    return Codec.json().readValue(json.replace('\'', '"'), type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'sql': {'database': 'kv', 'select': 'select 1'} | gate odd: kv is an etcd, which knows no SQL
          'ledger': 'overlapping'                         | gate odd: an etcd has no timelines
          """)
  void aGateThatAnEtcdCannotAnswerIsRefused(String gate, String words) throws Exception {
    LoadedExperiment etcd = experiment(ETCD, gate);
    assertThatThrownBy(() -> KeyValueStores.require(etcd))
        .isInstanceOfSatisfying(
            Unplannable.class, refused -> assertThat(refused.words()).startsWith(words));

    KeyValueStores.require(experiment(POSTGRES, gate));
  }

  @Test
  void whatALedgerOfAnEtcdAccountsForIsAGate() throws Exception {
    KeyValueStores.require(experiment(ETCD, "'ledger': 'lost'"));
  }
}
