package dev.faultline.engine.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.environment.Local;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ProspectsTest {

  private static List<String> notes(String load, String steps) {
    return notes(load, steps, "");
  }

  private static final String HAPROXY =
      "{\"haproxy\": {\"socket\": \"/s\", \"backend\": \"b\", \"stable\": \"a\", \"canary\": \"b\"}}";

  private static List<String> notes(String load, String steps, String test) {
    return notes(load, steps, test, HAPROXY);
  }

  private static List<String> notes(String load, String steps, String test, String route) {
    String text =
        """
        {"stable": "v1", "canary": "v2", LOAD
         "route": ROUTE,
         "steps": STEPS,
         "compare": [{"errors": {"bad": "b${version}", "total": "t${version}"} TEST}]}
        """
            .replace("LOAD", load)
            .replace("STEPS", steps)
            .replace("TEST", test)
            .replace("ROUTE", route);
    RolloutSpec spec = Codec.json().readValue(text, RolloutSpec.class);
    return Prospects.of(
        new LoadedExperiment(
            "r",
            spec.experiment(),
            "here",
            new EnvironmentSpec(new Local(Map.of()), Optional.empty(), Optional.empty(), Map.of()),
            "r.yaml",
            Path.of("/"),
            Optional.of(spec)));
  }

  private static final String LOAD = "\"load\": {\"http\": \"http://x/\", \"rate\": \"200/s\"},";

  @Test
  void eachStepTellsWhatItWouldSee() {
    assertThat(
            notes(
                LOAD,
                "[{\"weight\": \"20%\", \"hold\": \"60s\"}, {\"weight\": \"50%\", \"hold\": \"5m\"}]"))
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .matches(
                        "Step 20%: 40 of 200 requests a second meet the canary; were 1% of stable's"
                            + " bad, [2-5]\\.\\d% or more of its own would mostly be seen within"
                            + " its hold\\."),
            second -> assertThat(second).matches("Step 50%.* bad, 1\\.\\d% or more of its own .*"));
  }

  @Test
  void aStepThatIsTooShortIsCalledBlind() {
    assertThat(notes(LOAD, "[{\"weight\": \"1%\", \"hold\": \"2s\"}]"))
        .singleElement()
        .asString()
        .endsWith("not even a canary that is all bad would be blamed: hold longer.");
  }

  @Test
  void withoutAKnownRateNothingIsForetold() {
    assertThat(notes("", "[{\"weight\": \"1%\"}]")).isEmpty();
  }

  @Test
  void usersWhoStayAreSaidToBeDifferent() {
    String route =
        """
        {"nginx": {"include": "/f", "upstream": "u", "stable": "a:1", "canary": "b:1",
                   "sticky": {"cookie": "session"}}}
        """;

    assertThat(notes("", "[{\"weight\": \"1%\"}]", "", route))
        .singleElement()
        .asString()
        .startsWith("Users are split, and stay at their version: with few of them ");
  }

  @Test
  void countsAreSaidToTakeRequestsForIndependent() {
    assertThat(notes("", "[{\"weight\": \"1%\"}]", ", \"test\": \"counts\""))
        .containsExactly(
            "Comparison errors takes each bad request for one of its own: bursts of them would blame"
                + " a healthy canary.");
    assertThat(notes("", "[{\"weight\": \"1%\"}]", ", \"test\": \"blocks\"")).isEmpty();
  }

  @Test
  void podsComeBeforeTheTraffic() {
    String route =
        """
        {"gatewayApi": {"httpRoute": "orders", "stable": "orders", "canary": "orders-v2",
          "scaled": {"deployment": "v2", "pods": 10, "least": 2}}}
        """;

    assertThat(
            notes(
                "",
                "[{\"mirror\": \"30%\"}, {\"weight\": \"10%\"}, {\"weight\": \"45%\"}]",
                "",
                route))
        .contains(
            "Deployment v2 has its pods before the canary has its traffic (copies of 30%: 3, 10%: 3,"
                + " 45%: 5, all: 10); on the way back they go after it.");
  }

  @Test
  void copiesMeetNobodyAndAreDoneTwice() {
    String route =
        """
        {"gatewayApi": {"httpRoute": "orders", "stable": "orders", "canary": "orders-v2"}}
        """;

    assertThat(
            notes(
                LOAD,
                "[{\"mirror\": \"10%\", \"hold\": \"60s\"}, {\"weight\": \"20%\", \"hold\": \"60s\"}]",
                "",
                route))
        .hasSize(3)
        .anyMatch(
            note ->
                note.startsWith(
                    "Step copies of 10%: 20 of 200 requests a second are copied to the canary; were "))
        .anyMatch(
            note -> note.startsWith("Step 20%: 40 of 200 requests a second meet the canary; were "))
        .anyMatch(
            note ->
                note.startsWith(
                    "Step copies of 10%: no user gets an answer of the canary. But it"));
  }
}
