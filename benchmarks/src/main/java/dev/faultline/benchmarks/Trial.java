package dev.faultline.benchmarks;

import dev.faultline.environment.Environments;
import dev.faultline.environment.hands.RunPlace;
import dev.faultline.judge.Quantity;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.environment.Lab;
import dev.faultline.model.environment.Ledger;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Habitat;
import dev.faultline.model.world.LedgerAccount;
import dev.faultline.model.world.LedgerAccount.Gap;
import dev.faultline.model.world.NotReady;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Sighting;
import dev.faultline.model.world.Wiring;
import dev.faultline.model.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A lab with one database, writers at work, one failover: what it cost. */
final class Trial {

  /**
   * What one failover cost.
   *
   * @param ready how long the lab took to be ready
   * @param rate acknowledged writes per second before
   * @param recovery from the first failed write to the first successful one
   * @param detection from the fault until it was noticed; empty when nobody said so
   * @param promotion from there until another node took writes
   * @param account what the ledger says
   */
  record Cost(
      Duration ready,
      double rate,
      Duration recovery,
      Optional<Duration> detection,
      Optional<Duration> promotion,
      LedgerAccount account) {}

  private static final String DATABASE = "orders-db";
  private static final Duration WARM_UP = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration SETTLE = Duration.ofSeconds(1);

  private final Setup setup;
  private final Path cache;
  private final Map<Sighting.Kind, Instant> seen = new EnumMap<>(Sighting.Kind.class);

  Trial(Setup setup, Path cache) {
    this.setup = setup;
    this.cache = cache;
  }

  Cost run() throws IOException, NotReady, InterruptedException {
    Path folder = Files.createTempDirectory("faultline-benchmark");
    RunPlace place =
        new RunPlace(
            UUID.randomUUID().toString(),
            folder,
            folder,
            cache,
            Path.of(System.getProperty("java.home"), "bin", "java"));
    Lab lab = new Lab(Map.of(), Map.of(DATABASE, setup.database()), Optional.empty());
    EnvironmentSpec spec = new EnvironmentSpec(lab, Optional.empty(), Optional.empty(), Map.of());
    try (Habitat habitat = Environments.open(spec, Wiring.NONE, place, this::note)) {
      Instant began = Instant.now();
      habitat.prepare();
      return failOver(habitat, Duration.between(began, Instant.now()));
    } finally {
      Files.deleteIfExists(folder);
    }
  }

  private synchronized void note(Sighting sighting) {
    seen.putIfAbsent(sighting.kind(), Instant.now());
  }

  private synchronized Optional<Instant> when(Sighting.Kind kind) {
    return Optional.ofNullable(seen.get(kind));
  }

  private synchronized void forget() {
    seen.clear();
  }

  private Cost failOver(World world, Duration ready) throws InterruptedException {
    require(world.apply(new Action.OpenLedger(ledger())));
    Thread.sleep(WARM_UP);
    LedgerAccount before = account(world, Optional.empty());
    double rate = before.acknowledged() / seconds(Duration.between(before.began(), before.at()));
    forget();
    Instant fault = Instant.now();
    require(world.apply(new Action.FailOver(DATABASE, "", setup.kind())));
    LedgerAccount account = awaitEveryWriter(world, fault);
    LedgerAccount tallied = account(world, Optional.of(Duration.ZERO));
    List<Gap> gaps = after(fault, account);
    return new Cost(
        ready,
        rate,
        Duration.between(
            first(gaps.stream().flatMap(gap -> gap.firstFailed().stream()).toList()),
            first(gaps.stream().flatMap(gap -> gap.nextAcknowledged().stream()).toList())),
        when(Sighting.Kind.DETECTED).map(at -> Duration.between(fault, at)),
        when(Sighting.Kind.PROMOTED)
            .map(at -> Duration.between(when(Sighting.Kind.DETECTED).orElse(fault), at)),
        tallied);
  }

  private static Ledger ledger() {
    return new Ledger(
        DATABASE,
        Optional.of(8),
        Optional.of(Quantity.parse("5000/s")),
        Optional.empty(),
        Optional.of(Duration.ofSeconds(1)));
  }

  private static LedgerAccount awaitEveryWriter(World world, Instant fault)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      Thread.sleep(100);
      LedgerAccount account = account(world, Optional.empty());
      List<Gap> gaps = after(fault, account);
      boolean allBack = gaps.stream().allMatch(gap -> gap.nextAcknowledged().isPresent());
      if (!gaps.isEmpty() && allBack) {
        Thread.sleep(SETTLE);
        return account;
      }
    }
    throw new IllegalStateException("the writers were not back within " + PATIENCE);
  }

  private static List<Gap> after(Instant fault, LedgerAccount account) {
    return account.gaps().stream()
        .filter(gap -> gap.firstFailed().isPresent())
        .filter(gap -> gap.nextAcknowledged().map(at -> at.isAfter(fault)).orElse(true))
        .toList();
  }

  private static Instant first(List<Instant> moments) {
    return moments.stream().min(Comparator.naturalOrder()).orElseThrow();
  }

  private static LedgerAccount account(World world, Optional<Duration> tallied) {
    return switch (world.ask(new Query.LedgerStatus(Duration.ofSeconds(30), tallied))) {
      case Answer.LedgerIs(LedgerAccount account) -> account;
      case Answer other -> throw new IllegalStateException("no account: " + other.words());
    };
  }

  private static void require(Effect effect) {
    if (!(effect instanceof Effect.Done)) {
      throw new IllegalStateException(effect.detail());
    }
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
