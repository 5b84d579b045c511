package dev.faultline.node.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.faultline.node.Await;
import dev.faultline.node.Children;
import dev.faultline.node.FuseLauncher;
import dev.faultline.node.PosixSignal;
import dev.faultline.node.SignalResult;
import dev.faultline.node.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HostHolderTest {

  private static final long MEBI = 1L << 20;
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Duration SHORT = Duration.ofMillis(1500);

  @TempDir private Path temp;
  private final String run = "test-" + UUID.randomUUID();
  @AutoClose private final Children children = new Children();

  private RunningHolder start(HostOrder order, Duration lease) throws HolderException {
    FuseLauncher alike = FuseLauncher.likeThisProcess();
    return new HostLauncher(alike.java(), alike.classPath())
        .start(new HostMark(run, "it"), order, lease, children, Duration.ofSeconds(30));
  }

  enum End {
    OF_INPUT,
    BY_KILL,
    BY_TERM,
    OF_LEASE,
    OF_LEASE_WHILE_STOPPED
  }

  private static Duration lease(End end) {
    return end == End.OF_LEASE || end == End.OF_LEASE_WHILE_STOPPED ? SHORT : LONG;
  }

  private static void bringAbout(End end, RunningHolder holder) {
    switch (end) {
      case OF_INPUT -> holder.close();
      case BY_KILL -> signal(holder, PosixSignal.KILL);
      case BY_TERM -> signal(holder, PosixSignal.TERM);
      case OF_LEASE_WHILE_STOPPED -> signal(holder, PosixSignal.STOP);
      case OF_LEASE -> {}
    }
  }

  private static void signal(RunningHolder holder, PosixSignal signal) {
    assertThat(holder.identity().signal(signal)).isInstanceOf(SignalResult.Sent.class);
  }

  @ParameterizedTest
  @EnumSource(End.class)
  void aDiskIsFullUntilWhatHoldsItEndsInWhateverWay(End end) throws Exception {
    try (SmallDisk disk = SmallDisk.in(temp)) {
      long before = disk.free();
      try (RunningHolder holder = start(new HostOrder.Disk(disk.folder(), 0, MEBI), lease(end))) {
        Await.until(
            "it is full",
            () -> {
              holder.renew();
              return disk.free() <= MEBI;
            });
        assertThat(disk.free()).as("what was to stay").isEqualTo(MEBI);
        Await.until(
            "it knows what it holds",
            () -> {
              holder.renew();
              return holder.read().held() == (double) (before - MEBI);
            });
        assertThat(disk.names()).as("nobody finds it").isEmpty();

        bringAbout(end, holder);

        Await.until("it ends", () -> !holder.lives());
        assertThat(disk.free()).isEqualTo(before);
        assertThat(HostMark.of(run)).isEmpty();
      }
    }
  }

  @Test
  void whatBecomesFreeOnAFullDiskIsTakenToo() throws Exception {
    try (SmallDisk disk = SmallDisk.in(temp)) {
      Path log = Files.write(disk.folder().resolve("log"), new byte[(int) (4 * MEBI)]);
      try (RunningHolder holder = start(new HostOrder.Disk(disk.folder(), 0, 0), LONG)) {
        Await.until("it is full", () -> disk.free() == 0);

        Files.delete(log);

        Await.until("it is full again", () -> holder.read().held() == 16.0 * MEBI);
        assertThat(disk.free()).isEqualTo(0);
      }
    }
  }

  @Test
  void aSizeIsTakenWholeOrNotAtAll() throws Exception {
    try (SmallDisk disk = SmallDisk.in(temp)) {
      long before = disk.free();
      try (RunningHolder holder =
          start(new HostOrder.Disk(disk.folder(), 5 * MEBI + 1, MEBI), LONG)) {
        Await.until("it is held", () -> holder.read().held() == 5.0 * MEBI + 1);
        assertThat(disk.free()).isBetween(before - 5 * MEBI - 4096, before - 5 * MEBI);
      }
      try (RunningHolder tooMuch =
          start(new HostOrder.Disk(disk.folder(), 16 * MEBI, MEBI), LONG)) {
        Await.until("it gives up", () -> !tooMuch.lives());
        Await.until("it says why", () -> tooMuch.failure().isPresent());
        assertThat(tooMuch.failure().orElseThrow()).contains("must stay");
        assertThat(disk.free()).isEqualTo(before);
        assertThatThrownBy(tooMuch::read).isInstanceOf(HolderException.class);
      }
    }
  }

  @Test
  void memoryIsReallyTouched() throws Exception {
    try (RunningHolder holder = start(new HostOrder.Memory(64 * MEBI, MEBI), LONG)) {
      Await.until("it is held", () -> holder.read().held() >= 63.0 * MEBI);
      assertThat(resident(holder)).isGreaterThanOrEqualTo(64 * MEBI);
      assertThat(Files.readString(proc(holder, "oom_score_adj"))).isEqualTo("1000\n");
    }
    assertThat(HostMark.of(run)).isEmpty();
  }

  @Test
  void memoryThatWouldNotLeaveEnoughIsNotTaken() throws Exception {
    try (RunningHolder holder = start(new HostOrder.Memory(64 * MEBI, 1L << 50), LONG)) {
      Await.until("it gives up", () -> !holder.lives());
      Await.until("it says why", () -> holder.failure().isPresent());
      assertThat(holder.failure().orElseThrow()).contains("must stay; 0 MiB were taken");
    }
  }

  @Test
  void aCoreIsBusyForItsShareOfTheTime() throws Exception {
    try (RunningHolder holder = start(new HostOrder.Cpu(0.4, 1), LONG)) {
      Await.until("it is busy", () -> holder.read().held() > 0.2);
      HostReading reading = holder.read();
      assertThat(reading.asked()).isEqualTo(0.4);
      assertThat(reading.held()).isLessThan(0.7);
      assertThat(reading.left()).isBetween(0.0, (double) cores());
    }
  }

  @Test
  void aDiskIsBusyWithFilesThatNobodyFindsUntilItIsKilled() throws Exception {
    assumeFalse(
        Files.getFileStore(temp).type().equals("tmpfs"), "needs a temporary folder on a disk");
    try (RunningHolder holder = start(new HostOrder.Io(temp, 2, 2 * MEBI + 1, MEBI), LONG)) {
      Await.until("it is busy", () -> holder.read().held() > 0);
      long before = number(holder, "io", "write_bytes");
      Await.until(
          "it goes on, each file more than once",
          () -> number(holder, "io", "write_bytes") > before + 16 * MEBI);
      Await.until("it reads too", () -> number(holder, "io", "read_bytes") > 4 * MEBI);
      assertThat(temp).as("nobody finds it").isEmptyDirectory();

      signal(holder, PosixSignal.KILL);

      Await.until("it ends", () -> !holder.lives());
      assertThat(temp).isEmptyDirectory();
    }
  }

  @Test
  void aDiskIsNotKeptBusyWhereTooLittleWouldStayFree() throws Exception {
    try (RunningHolder holder = start(new HostOrder.Io(temp, 1, MEBI, 1L << 60), LONG)) {
      Await.until("it says why", () -> holder.failure().isPresent());
      assertThat(holder.failure().orElseThrow()).contains("must stay");
      Await.until("it gives up", () -> !holder.lives());
    }
  }

  @Test
  void itDiesWithTheThreadThatStartsChildren() throws Exception {
    RunningHolder holder = start(new HostOrder.Memory(MEBI, 0), LONG);
    assertThat(HostMark.of(run))
        .singleElement()
        .satisfies(found -> assertThat(found.identity()).isEqualTo(holder.identity()));

    children.close();

    Await.until("it is gone", () -> !holder.lives());
    assertThatThrownBy(
            () -> {
              holder.renew();
              holder.read();
            })
        .isInstanceOf(HolderException.class);
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static Path proc(RunningHolder holder, String file) {
    return Path.of("/proc", "" + holder.identity().pid(), file);
  }

  private static long resident(RunningHolder holder) throws IOException {
    return number(holder, "status", "RssAnon") << 10;
  }

  private static long number(RunningHolder holder, String file, String key) throws IOException {
    return Files.readString(proc(holder, file))
        .lines()
        .filter(line -> line.startsWith(key + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .sum();
  }
}
