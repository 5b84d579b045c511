package dev.faultline.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseTest {

  @TempDir private Path folder;

  @Test
  void eachRenewalChangesTheCounterAndNothingElse() throws Exception {
    Path path = folder.resolve("lease");
    try (Lease lease = Lease.create(path)) {
      long size = Files.size(path);
      assertThat(Lease.read(path)).isEqualTo(new LeaseState.Held(1));
      for (long counter = 2; counter < 1000; counter++) {
        assertThat(lease.renew()).isEqualTo(counter);
        assertThat(Lease.read(path)).isEqualTo(new LeaseState.Held(counter));
      }
      assertThat(path).hasSize(size);
      assertThat(size).isEqualTo(LeaseRecord.LENGTH);
    }
  }

  @Test
  void onlyItsOwnerMayTouchIt() throws Exception {
    try (Lease lease = Lease.create(folder.resolve("lease"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(lease.path())))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void anExistingFileIsNeverTakenOver() throws Exception {
    Path path = Files.writeString(folder.resolve("lease"), "somebody else's");

    assertThatThrownBy(() -> Lease.create(path)).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(path).hasContent("somebody else's");
  }

  @Test
  void aReleasedLeaseStaysReleased() throws Exception {
    try (Lease lease = Lease.create(folder.resolve("lease"))) {
      lease.release();
      lease.release();

      assertThat(Lease.read(lease.path())).isEqualTo(new LeaseState.Released());
      assertThatThrownBy(lease::renew).isInstanceOf(IllegalStateException.class);
      assertThat(Lease.read(lease.path())).isEqualTo(new LeaseState.Released());
    }
  }

  @Test
  void anInterruptedThreadCanStillRenew() throws Exception {
    try (Lease lease = Lease.create(folder.resolve("lease"))) {
      Thread.currentThread().interrupt();
      lease.renew();
      assertThat(Thread.interrupted()).isTrue();

      assertThat(lease.renew()).isEqualTo(3);
    }
  }

  @Test
  void aMissingFileIsToldFromAnUnreadableOne() throws Exception {
    assertThat(Lease.read(folder.resolve("none"))).isEqualTo(new LeaseState.Missing());
    assertThat(Lease.read(folder)).isInstanceOf(LeaseState.Unreadable.class);
  }

  @Test
  void aDamagedRecordIsNeverTakenForAnother() {
    Random random = new Random(42);
    byte[] good = new LeaseRecord(123_456, false).bytes();
    for (int round = 0; round < 5000; round++) {
      byte[] damaged = good.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));

      assertThat(LeaseRecord.parse(damaged)).isInstanceOf(LeaseState.Unreadable.class);
    }
  }
}
