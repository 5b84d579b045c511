package dev.faultline.gameday.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class StoreAddressTest {

  private static final String PLACE = "jdbc:postgresql://db-1:5432,db-2:5433/ops";

  @Test
  void whatStandsBehindThePlaceIsForTheDriverAndNotTold() throws Exception {
    StoreAddress address =
        StoreAddress.of(PLACE + "?user=ops&sslmode=verify-full&targetServerType=primary");

    assertThat(address.shown()).isEqualTo("postgresql://db-1:5432,db-2:5433/ops");
    assertThat(address.schema()).isEqualTo("faultline_schedule");
    assertThat(StoreAddress.of(PLACE + "?currentSchema=team_a").schema()).isEqualTo("team_a");
  }

  @Test
  void aPasswordIsRefusedAndNotTold() {
    for (String key : new String[] {"?password=", "?user=a&password=", "?sslpassword="}) {
      assertThatThrownBy(() -> StoreAddress.of(PLACE + key + "hunter2"))
          .isInstanceOf(StoreRefused.class)
          .hasMessageContaining("has a password in it")
          .hasMessageNotContaining("hunter2");
    }
  }

  @Test
  void whatIsNoPostgresIsRefused() {
    assertThatThrownBy(() -> StoreAddress.of("jdbc:mysql://db/ops"))
        .isInstanceOf(StoreRefused.class);
    assertThatThrownBy(() -> StoreAddress.of("db.example")).isInstanceOf(StoreRefused.class);
    assertThatThrownBy(() -> StoreAddress.of(PLACE + "?currentSchema=a,b"))
        .isInstanceOf(StoreRefused.class)
        .hasMessageContaining("'a,b'");
  }
}
