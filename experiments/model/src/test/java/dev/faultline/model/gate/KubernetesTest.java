package dev.faultline.model.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.model.codec.Codec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KubernetesTest {

  private static Kubernetes read(String gate) {
    return Codec.json().readValue(gate.replace('\'', '"'), Kubernetes.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'deployment': 'web', 'read': 'readyReplicas'} | readyReplicas of deployment web | false",
        "{'job': 'check', 'read': 'failed'} | failed of job check | true",
        "{'pod': 'db-0', 'condition': 'Ready'} | condition Ready of pod db-0 | false",
        "{'node': 'n1', 'events': 'OOMKilling'} | events OOMKilling of node n1 | true"
      })
  void oneNumberOfOneThingIsRead(String gate, String words, boolean onlyGrows) {
    assertThat(read(gate).words()).isEqualTo(words);
    assertThat(read(gate).onlyGrows()).isEqualTo(onlyGrows);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'deployment': 'web'} | one of these is missing: read, condition, events",
        "{'deployment': 'web', 'read': 'restarts', 'events': 'BackOff'} | only one of events, read",
        "{'node': 'n1', 'read': 'restarts'} | node n1 has no 'restarts'; it has ready",
        "{'deployment': 'web', 'condition': 'is up'} | 'is up' cannot be the type of a condition",
        "{'deployment': 'web', 'events': 'a,b=c'} | 'a,b=c' cannot be the reason of an event",
        "{'deployment': 'web', 'event': 'BackOff'} | did you mean 'events'?"
      })
  void whatCannotBeReadIsRefused(String gate, String why) {
    assertThatThrownBy(() -> read(gate)).hasMessageContaining(why);
  }
}
