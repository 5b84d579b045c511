package dev.faultline.environment.kubernetes;

import dev.faultline.environment.database.Databases;
import dev.faultline.environment.hands.Hands;
import dev.faultline.environment.hands.LocalInventory;
import dev.faultline.environment.hands.RunPlace;
import dev.faultline.environment.hands.Seams;
import dev.faultline.environment.hands.Texts;
import dev.faultline.model.environment.Kubernetes;
import dev.faultline.model.environment.Local;
import dev.faultline.model.environment.PrometheusEndpoint;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Facts;
import dev.faultline.model.world.Habitat;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Sighting;
import dev.faultline.model.world.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A namespace of a cluster: what is about its objects goes through the API, and everything else,
 * such as queries of Prometheus, is done from here. A change that an object carries is called
 * {@code KIND:NAMESPACE:NAME:UID:FAULT} among the marks of a run.
 */
public final class KubernetesHabitat implements Habitat {

  private final Hands here;
  private final Kubernetes place;
  private final RunPlace run;
  private final Optional<PrometheusEndpoint> inside;
  private final Consumer<Sighting> sightings;
  private @Nullable ClusterHands cluster;
  private volatile boolean loadThere;

  /**
   * A view of the namespace; nothing is connected before it is asked for.
   *
   * @param databases those that run already
   */
  public KubernetesHabitat(
      Kubernetes place,
      Databases databases,
      Optional<PrometheusEndpoint> prometheus,
      RunPlace run,
      Consumer<Sighting> sightings) {
    this.place = place;
    this.run = run;
    this.inside = prometheus.filter(endpoint -> endpoint.inside().isPresent());
    this.sightings = sightings;
    this.here =
        new Hands(
            run,
            LocalInventory.of(new Local(Map.of()), run.base(), sightings),
            databases,
            prometheus.filter(endpoint -> endpoint.inside().isEmpty()),
            Texts.PLAIN,
            Seams.NONE);
  }

  private synchronized ClusterHands cluster() throws ApiTrouble {
    ClusterHands open = cluster;
    if (open == null) {
      Api api = new Api(Clusters.config(place, run.base()), place.namespace());
      Services services = new Services(api, inside, run.base());
      open = new ClusterHands(api, run.runId(), place.agent(), services, sightings);
      cluster = open;
    }
    return open;
  }

  private Splits splits() throws ApiTrouble {
    return new Splits(cluster().api(), place, run);
  }

  @Override
  public boolean startsWithRun() {
    return false;
  }

  @Override
  public void prepare() {}

  @Override
  public Facts facts(Target target) {
    if (!target.database().isEmpty()) {
      return here.facts(target);
    }
    try {
      return cluster().facts(target);
    } catch (ApiTrouble trouble) {
      return Facts.unread(trouble.words());
    }
  }

  @Override
  public Effect apply(Action action) {
    try {
      return switch (action) {
        case Action.InCluster there -> cluster().apply(there);
        case Action.ShiftTraffic shift when shift.ofCluster() -> splits().shift(shift);
        case Action.ArmFuse arm when Splits.guards(arm.name()) -> splits().arm(arm, here);
        case Action.DisarmFuse disarm when Splits.guards(disarm.name()) ->
            splits().disarm(disarm, here);
        case Action.FireFuse(String mark) when mark.contains(":") -> cluster().fire(mark);
        case Action.StartLoad start when start.load().pods().isPresent() -> {
          loadThere = true;
          yield cluster().load().start(start);
        }
        case Action.SurgeLoad surge when loadThere -> cluster().load().surge(surge);
        case Action.EndSurge _ when loadThere -> cluster().load().endSurge();
        case Action.StopLoad _ when loadThere -> cluster().load().stop();
        case Action.RenewLease _ -> both(here.apply(action), renewed());
        case Action.EndHolders _ -> both(here.apply(action), cluster().endHolders());
        default -> here.apply(action);
      };
    } catch (ApiTrouble trouble) {
      return trouble.failed();
    }
  }

  /** All at the same time: whoever asks sees to it that they are not too many. */
  @Override
  public List<Effect> applyAll(List<Action> actions) {
    return atOnce(actions, this::apply);
  }

  @Override
  public List<Answer> askAll(List<Query> queries) {
    return atOnce(queries, this::ask);
  }

  private static <A, B> List<B> atOnce(List<A> all, Function<A, B> what) {
    if (all.size() == 1) {
      return List.of(what.apply(all.getFirst()));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<B>> begun =
          all.stream().map(one -> threads.submit(() -> what.apply(one))).toList();
      return begun.stream().map(one -> of(one, threads)).toList();
    }
  }

  /**
   * What comes of one; whoever is interrupted cuts all of them short, and has what came of them.
   */
  private static <B> B of(Future<B> one, ExecutorService all) {
    boolean cut = false;
    try {
      while (true) {
        try {
          return one.get();
        } catch (InterruptedException now) {
          cut = true;
          all.shutdownNow();
        } catch (ExecutionException bug) {
          throw new IllegalStateException(bug.getCause());
        }
      }
    } finally {
      if (cut) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The first of two that went wrong, if one did. */
  private static Effect both(Effect one, Effect other) {
    return one instanceof Effect.Done ? other : one;
  }

  /** Nothing is connected for it: where there is neither agent nor fuse, none is renewed. */
  private synchronized Effect renewed() {
    if (cluster == null) {
      return new Effect.Done("renewed");
    }
    Optional<Effect> agents = cluster.renewAgents();
    Optional<Effect> fuses = cluster.renewFuses();
    return agents.or(() -> fuses).orElseGet(() -> new Effect.Done("renewed"));
  }

  @Override
  public Answer ask(Query query) {
    try {
      return switch (query) {
        case Query.OfCluster there -> cluster().ask(there);
        case Query.RouteStatus route when route.route().ofCluster() -> splits().status(route);
        case Query.FuseStatus fuse when Splits.guards(fuse.name()) -> splits().status(fuse, here);
        case Query.AddressesOf of -> cluster().addresses(of);
        case Query.PromInstant instant when inside.isPresent() ->
            cluster().prometheus(client -> client.ask(instant));
        case Query.PromRange range when inside.isPresent() ->
            cluster().prometheus(client -> client.ask(range));
        case Query.AlertStatus alert when inside.isPresent() ->
            cluster().prometheus(client -> client.ask(alert));
        case Query.LoadStatus status when loadThere -> cluster().load().ask(status);
        case Query.LoadRate _ when loadThere -> cluster().load().rate();
        case Query.Marks _ -> marks();
        case Query.FuseStatus(String mark) when mark.contains(":") ->
            new Answer.FuseIs(cluster().marks().contains(mark));
        default -> here.ask(query);
      };
    } catch (ApiTrouble trouble) {
      return trouble.unanswered();
    }
  }

  private Answer marks() throws ApiTrouble {
    Answer own = here.ask(new Query.Marks());
    if (!(own instanceof Answer.Marked(var fuses, var holders))) {
      return own;
    }
    List<String> all = new ArrayList<>(fuses);
    all.addAll(cluster().marks());
    List<String> holding = new ArrayList<>(holders);
    holding.addAll(cluster().holders());
    return new Answer.Marked(all, holding);
  }

  /** Ends the connections; what objects carry stays, for whoever undoes it. */
  @Override
  public synchronized void close() {
    here.close();
    if (cluster != null) {
      cluster.close();
    }
  }
}
