package dev.faultline.model.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.environment.Lab.LabProcess;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabProcessTest {

  private static LabProcess process(String program, String debian) {
    return new LabProcess(
        List.of(program, "-f", "a.cfg"),
        Map.of(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.of(debian));
  }

  @Test
  void aPackageBringsAProgramByItsName() {
    assertThat(process("haproxy", "haproxy").debian()).contains("haproxy");
    assertThat(process("varnishd", "libg++.2").debian()).contains("libg++.2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/usr/sbin/haproxy", "./haproxy", "${java}", "-x", "", "a b"})
  void aPathIsNotWhatAPackageBrings(String program) {
    assertThatThrownBy(() -> process(program, "haproxy"))
        .isInstanceOf(InvalidValue.class)
        .hasMessageContaining("by its name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "HAProxy", "-y", "a b", "a;b", "a\nb", "../a", "a=1", "a/b"})
  void whatCannotNameAPackageIsRefused(String debian) {
    assertThatThrownBy(() -> process("haproxy", debian))
        .isInstanceOf(InvalidValue.class)
        .hasMessageContaining("is not the name of a package");
  }
}
