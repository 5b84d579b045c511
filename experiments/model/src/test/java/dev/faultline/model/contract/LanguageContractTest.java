package dev.faultline.model.contract;

import static dev.faultline.model.contract.BoundSamples.BOUNDS;
import static dev.faultline.model.contract.ClusterSamples.OBJECT;
import static dev.faultline.model.contract.ClusterSamples.POD;
import static dev.faultline.model.contract.ClusterSamples.POD_REACHED;
import static dev.faultline.model.contract.LanguageSamples.ACTIONS;
import static dev.faultline.model.contract.LanguageSamples.DATABASE;
import static dev.faultline.model.contract.LanguageSamples.FAULTS;
import static dev.faultline.model.contract.LanguageSamples.LINK;
import static dev.faultline.model.contract.LanguageSamples.NETWORK;
import static dev.faultline.model.contract.LanguageSamples.QUERIES;
import static dev.faultline.model.contract.LanguageSamples.SETTING;
import static dev.faultline.model.contract.LanguageSamples.SIGNALS;
import static dev.faultline.model.contract.LanguageSamples.TARGET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.faultline.judge.Bound;
import dev.faultline.judge.Unit;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.codec.Words;
import dev.faultline.model.fault.Clock;
import dev.faultline.model.fault.EndsBy;
import dev.faultline.model.fault.Fault;
import dev.faultline.model.fault.HostFault;
import dev.faultline.model.fault.NetworkFault;
import dev.faultline.model.fault.NodeOffline;
import dev.faultline.model.fault.ObjectFault;
import dev.faultline.model.fault.PodFault;
import dev.faultline.model.fault.PodUnready;
import dev.faultline.model.fault.Step;
import dev.faultline.model.fault.Surge;
import dev.faultline.model.gate.Signal;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every word of the language owes, whoever adds it: a new one fails here until it stands among
 * the samples.
 */
final class LanguageContractTest {

  @TestFactory
  Stream<DynamicTest> everyWordComesBackEqualFromText() {
    return Stream.of(
            each(Fault.class, FAULTS, word -> comesBack(Fault.class, word)),
            each(Signal.class, SIGNALS, word -> comesBack(Signal.class, word)),
            each(Bound.class, BOUNDS, word -> comesBack(Bound.class, word)),
            each(Action.class, ACTIONS, word -> comesBack(Action.class, word)),
            each(Query.class, QUERIES, word -> comesBack(Query.class, word)))
        .flatMap(tests -> tests);
  }

  @TestFactory
  Stream<DynamicTest> everyWordSpeaksForItself() {
    return Stream.of(
            each(Fault.class, FAULTS, fault -> speaks(fault.words())),
            each(Signal.class, SIGNALS, signal -> speaks(signal.words())),
            each(Bound.class, BOUNDS, bound -> speaks(bound.words())),
            each(Action.class, ACTIONS, action -> speaks(action.describe())),
            each(Query.class, QUERIES, query -> speaks(query.text())))
        .flatMap(tests -> tests);
  }

  @TestFactory
  Stream<DynamicTest> everyFaultProvesEachStepAndEachUndo() {
    return each(
        Fault.class,
        FAULTS,
        fault -> {
          List<Step> steps = fault.plan(targetOf(fault), SETTING);
          assertThat(steps).isNotEmpty();
          for (Step step : steps) {
            assertThat(step.proof()).as(step.action().describe()).isPresent();
            assertThat(step.proof().orElseThrow().within()).isPositive();
            if (!fault.instant()) {
              assertThat(step.undo()).as(step.action().describe()).isPresent();
              assertThat(step.undo().orElseThrow().proof()).isPresent();
            }
            speaks(step.action().describe());
            step.undo().ifPresent(undo -> speaks(undo.action().describe()));
            comesBack(Action.class, step.action());
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> everyFaultThatLastsEndsByTwoLayersAtLeast() {
    return each(
        Fault.class,
        FAULTS,
        fault -> {
          List<EndsBy> layers = fault.endsBy(SETTING);
          assertThat(layers).allSatisfy(layer -> assertThat(layer.how()).isNotBlank());
          if (fault.instant()) {
            assertThat(layers).extracting(EndsBy::layer).contains(EndsBy.Layer.INSTANT);
          } else {
            assertThat(layers.stream().map(EndsBy::layer).distinct().count())
                .isGreaterThanOrEqualTo(2);
            assertThat(
                    layers.stream()
                        .anyMatch(
                            layer ->
                                layer.layer() != EndsBy.Layer.PLAN && layer.within().isPresent()))
                .as("a layer that needs nobody; without one it is planned only where accepted")
                .isEqualTo(!(fault instanceof ObjectFault));
          }
        });
  }

  /**
   * But for what lives in the process that would arm the fuse, and ends with it, and for what no
   * fuse guards, which is refused where nobody accepts that.
   */
  @TestFactory
  Stream<DynamicTest> everyFaultThatLastsArmsItsFuseWithItsUndoFirst() {
    return each(
        Fault.class,
        FAULTS.stream()
            .filter(fault -> !fault.instant())
            .filter(
                fault ->
                    !(fault instanceof NetworkFault
                        || fault instanceof HostFault
                        || fault instanceof Clock
                        || fault instanceof ObjectFault
                        || fault instanceof PodUnready
                        || fault instanceof NodeOffline
                        || fault instanceof Surge))
            .toList(),
        5,
        fault -> {
          List<Step> steps = fault.plan(targetOf(fault), SETTING);
          List<Action> undone =
              steps.stream().skip(1).map(step -> step.undo().orElseThrow().action()).toList();
          assertThat(steps.getFirst().action())
              .isInstanceOfSatisfying(
                  Action.ArmFuse.class,
                  fuse -> {
                    assertThat(fuse.actions()).containsExactlyElementsOf(undone.reversed());
                    assertThat(fuse.lease()).isEqualTo(SETTING.lease());
                  });
        });
  }

  @TestFactory
  Stream<DynamicTest> everySignalAsksAndSaysInWhichUnitsItIsBounded() {
    return each(
        Signal.class,
        SIGNALS,
        signal -> {
          assertThat(signal.queries()).isNotEmpty();
          assertThat(signal.window()).isGreaterThanOrEqualTo(Duration.ZERO);
          assertThat(signal.units()).isNotEmpty().isSubsetOf(Unit.values());
        });
  }

  @Test
  void noWordMeansTwoThings() {
    List<String> ofAGate =
        Stream.concat(
                Words.of(Signal.class).keySet().stream(), Words.of(Bound.class).keySet().stream())
            .toList();

    assertThat(ofAGate).doesNotHaveDuplicates();
    assertThat(Words.of(Fault.class).keySet()).doesNotContain("name", "target", "for", "after");
  }

  private static <T> Stream<DynamicTest> each(Class<T> type, List<T> all, Consumer<T> promise) {
    return each(type, all, Words.of(type).size(), promise);
  }

  private static <T> Stream<DynamicTest> each(
      Class<T> type, List<T> all, int kinds, Consumer<T> promise) {
    DynamicTest complete =
        dynamicTest(
            "every " + type.getSimpleName() + " is among the samples",
            () -> {
              assertThat(all.stream().map(Object::getClass).distinct().count()).isEqualTo(kinds);
              assertThat(Arrays.stream(type.getPermittedSubclasses())).isNotEmpty();
            });
    return Stream.concat(
        Stream.of(complete),
        all.stream()
            .map(one -> dynamicTest(Words.wordOf(one) + ": " + one, () -> promise.accept(one))));
  }

  private static Instance targetOf(Fault fault) {
    if (fault instanceof NetworkFault) {
      return fault.aims().contains("link") ? LINK : NETWORK;
    }
    if (fault instanceof PodFault) {
      return POD;
    }
    if (fault instanceof PodUnready) {
      return POD_REACHED;
    }
    if (fault instanceof ObjectFault || fault instanceof NodeOffline) {
      return OBJECT;
    }
    if (fault.equals(ClusterSamples.STRESS)) {
      return POD_REACHED;
    }
    if (fault instanceof HostFault) {
      return new Instance.Here();
    }
    return fault.aims().contains("service") ? TARGET : DATABASE;
  }

  private static <T> void comesBack(Class<T> type, T word) {
    String written = Codec.json().writerFor(type).writeValueAsString(word);

    assertThat(written).startsWith("{\"" + Words.wordOf(word) + "\":");
    assertThat(Codec.json().readValue(written, type)).as(written).isEqualTo(word);
  }

  /** The same plan is described alike in every run: nothing of this life of a process is in it. */
  private static void speaks(String words) {
    assertThat(words).isNotBlank().doesNotContain("4242").doesNotContain("777").doesNotContain("[");
  }
}
