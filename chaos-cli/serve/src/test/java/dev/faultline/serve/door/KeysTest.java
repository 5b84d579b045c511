package dev.faultline.serve.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeysTest {

  @TempDir private Path temp;

  @Test
  void filesThatBelongTogetherAreAnIdentityAndOthersAreRefused() throws Exception {
    Keys one = Certificates.make(temp.resolve("one"));
    Keys other = Certificates.make(temp.resolve("other"));
    assertThat(one.identity().getProtocol()).isEqualTo("TLS");
    assertThatThrownBy(() -> new Keys(one.certificate(), other.key()).identity())
        .isInstanceOf(Unservable.class)
        .hasMessageContaining("does not belong to");
    assertThatThrownBy(() -> new Keys(one.key(), one.key()).identity())
        .hasMessageContaining("has no certificate");
    assertThatThrownBy(() -> new Keys(one.certificate(), one.certificate()).identity())
        .isInstanceOfSatisfying(
            Unservable.class, why -> assertThat(why.fix()).contains("openssl pkcs8 -topk8"));
    assertThatThrownBy(() -> new Keys(temp.resolve("none"), one.key()).identity())
        .hasMessageContaining("cannot be read");
    Path torn =
        Files.writeString(temp.resolve("torn"), Files.readString(one.key()).replace("M", "*"));
    assertThatThrownBy(() -> new Keys(one.certificate(), torn).identity())
        .isInstanceOf(Unservable.class);
  }
}
