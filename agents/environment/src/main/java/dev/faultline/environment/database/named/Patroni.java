package dev.faultline.environment.database.named;

import dev.faultline.environment.database.named.PatroniApi.ApiTrouble;
import dev.faultline.environment.database.named.PatroniCluster.Member;
import dev.faultline.model.environment.FailoverMeans;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.FailoverKind;
import dev.faultline.model.world.FailoverWay;
import dev.faultline.model.world.Sighting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Patroni's REST interface, which switches over to a standby that is healthy. */
final class Patroni implements Means {

  private static final Set<String> SETTINGS =
      Set.of("ttl", "loop_wait", "retry_timeout", "synchronous_mode", "maximum_lag_on_failover");
  private static final Duration EVERY = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final PatroniApi api;
  private final Consumer<Sighting> sightings;

  Patroni(FailoverMeans.Patroni patroni, Path base, Consumer<Sighting> sightings) {
    this.api = new PatroniApi(patroni, base);
    this.sightings = sightings;
  }

  @Override
  public FailoverWay way() {
    return new FailoverWay.ByHands(Set.of(FailoverKind.SWITCHOVER), "Patroni");
  }

  @Override
  public boolean isSilent() {
    return false;
  }

  @Override
  public Map<String, String> settings() {
    try {
      JsonNode config = api.get("/config");
      Map<String, String> settings = new TreeMap<>();
      for (String key : SETTINGS) {
        JsonNode value = config.get(key);
        if (value != null && value.isValueNode()) {
          settings.put(key, value.asString());
        }
      }
      return settings;
    } catch (ApiTrouble silent) {
      return Map.of("patroni", "its settings are not known: " + silent.getMessage());
    }
  }

  @Override
  public Effect take(FailoverKind kind, String node) {
    try {
      PatroniCluster cluster = PatroniCluster.of(api.get("/cluster"));
      Optional<Member> leader = cluster.leader();
      Optional<Member> candidate = cluster.candidate();
      if (leader.isEmpty()) {
        return new Effect.Failed("Patroni knows no leader: " + cluster.words());
      }
      if (candidate.isEmpty()) {
        return new Effect.Failed("no replica is fit to take over: " + cluster.words());
      }
      return switchOver(leader.get().name(), candidate.get().name());
    } catch (ApiTrouble failure) {
      return new Effect.Failed(String.valueOf(failure.getMessage()));
    }
  }

  private Effect switchOver(String leader, String candidate) throws ApiTrouble {
    AtomicBoolean refused = new AtomicBoolean();
    Thread.ofPlatform()
        .daemon()
        .name("patroni-watch")
        .start(() -> watch(leader, candidate, refused));
    try {
      String answer = api.switchOver(leader, candidate);
      return new Effect.Done(
          "Patroni switches from %s to %s: %s".formatted(leader, candidate, answer));
    } catch (ApiTrouble trouble) {
      refused.set(true);
      throw trouble;
    }
  }

  /** Tells what the cluster shows of a switchover, for as long as one may take. */
  private void watch(String leader, String candidate, AtomicBoolean refused) {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    boolean began = false;
    while (System.nanoTime() < deadline && !refused.get()) {
      Optional<PatroniCluster> seen = seen();
      boolean lost = seen.isPresent() && !seen.get().isLedBy(leader);
      if (lost && !began) {
        began = true;
        tell(Sighting.Kind.DETECTED, leader + " no longer leads");
        tell(Sighting.Kind.MITIGATED, "%s is to follow %s".formatted(candidate, leader));
      }
      if (began && seen.flatMap(PatroniCluster::leader).filter(Member::runs).isPresent()) {
        tell(Sighting.Kind.PROMOTED, seen.get().leader().orElseThrow().name() + " leads");
        return;
      }
      LockSupport.parkNanos(this, EVERY.toNanos());
    }
  }

  private Optional<PatroniCluster> seen() {
    try {
      return Optional.of(PatroniCluster.of(api.get("/cluster")));
    } catch (ApiTrouble silent) {
      return Optional.empty();
    }
  }

  private void tell(Sighting.Kind kind, String words) {
    sightings.accept(new Sighting(kind, "patroni", words));
  }
}
