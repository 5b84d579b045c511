package dev.faultline.model.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.faultline.model.event.Evidence;
import dev.faultline.model.event.StepRef;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

final class ComplaintsTest {

  private static JacksonException complaint(String json, Class<?> type) {
    JacksonException complaint =
        catchThrowableOfType(
            JacksonException.class, () -> Codec.whole(type).readValue(json.replace('\'', '"')));
    assertThat(complaint).as(json).isNotNull();
    return complaint;
  }

  @Test
  void aNumberATruthOrATextThatIsNotThereIsALack() {
    for (String json :
        List.of(
            "{'fault':'f','target':'t','step':0}",
            "{'fault':'f','occurrence':0,'target':'t'}",
            "{'occurrence':0,'target':'t','step':0}")) {
      assertThat(Complaints.isLack(complaint(json, StepRef.class))).as(json).isTrue();
    }
    JacksonException lack = complaint("{'words':''}", Evidence.class);
    assertThat(Complaints.isLack(lack)).isTrue();
    assertThat(Complaints.path(lack)).containsExactly("proven");
  }

  @Test
  void whatIsThereAndWrongIsNoLack() {
    for (String json :
        List.of(
            "{'proven':null,'words':''}",
            "{'proven':'yes','words':''}",
            "{'proven':true,'words':'','more':1}",
            "[]",
            "{")) {
      assertThat(Complaints.isLack(complaint(json, Evidence.class))).as(json).isFalse();
    }
  }

  @Test
  void aPathIsSpelledAsKubernetesDoes() {
    assertThat(Complaints.spell(List.of("spec", "gates", "0", "name")))
        .isEqualTo("spec.gates[0].name");
    assertThat(Complaints.spell(List.of())).isEmpty();
  }
}
