package dev.faultline.operator.cluster;

import dev.faultline.model.codec.Codec;
import dev.faultline.model.document.Document;
import dev.faultline.operator.course.Seen;
import dev.faultline.operator.course.Seen.Kind;
import dev.faultline.operator.course.Status;
import dev.faultline.operator.day.DayStatus;
import dev.faultline.operator.day.SeenDay;
import dev.faultline.operator.day.Wish;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The objects of Faultline in a cluster: all of them are watched, and each write names the version
 * that it is about, so that of two replicas one is told that it came too late. Thread-safe.
 */
public final class ObjectStore implements AutoCloseable {

  private static final String FINALIZER = "faultline.dev/run";
  private static final int CONFLICT = 409;
  private static final int GONE = 404;
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final KubernetesClient client;
  private final Optional<String> namespace;
  private final Runnable changed;
  private final Map<Seen.Key, Seen> seen = new ConcurrentHashMap<>();
  private final Map<Seen.Key, SeenDay> days = new ConcurrentHashMap<>();
  private final Map<Kind, SharedIndexInformer<GenericKubernetesResource>> informers =
      new ConcurrentHashMap<>();

  /**
   * The objects of a cluster, once {@link #watch} was called.
   *
   * @param namespace whose; of all when empty
   * @param changed is called, from any thread, when one has changed
   */
  public ObjectStore(KubernetesClient client, Optional<String> namespace, Runnable changed) {
    this.client = client;
    this.namespace = namespace;
    this.changed = changed;
  }

  /** Begins to watch; what goes wrong meanwhile is tried again for ever. */
  public void watch() {
    for (Kind kind : Kind.values()) {
      SharedIndexInformer<GenericKubernetesResource> informer =
          namespace
              .map(name -> of(kind).inNamespace(name).runnableInformer(0))
              .orElseGet(() -> of(kind).inAnyNamespace().runnableInformer(0));
      informers.put(kind, informer);
      var _ = informer.exceptionHandler((_, _) -> true).addEventHandler(new Followed(kind)).start();
    }
  }

  private MixedOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      of(Kind kind) {
    String[] version = Document.API_VERSION.split("/", 2);
    return client.genericKubernetesResources(
        new ResourceDefinitionContext.Builder()
            .withGroup(version[0])
            .withVersion(version[1])
            .withKind(kind.word())
            .withPlural(kind.plural())
            .withNamespaced(true)
            .build());
  }

  private final class Followed implements ResourceEventHandler<GenericKubernetesResource> {

    private final Kind kind;

    Followed(Kind kind) {
      this.kind = kind;
    }

    @Override
    public void onAdd(GenericKubernetesResource object) {
      see(kind, object);
    }

    @Override
    public void onUpdate(GenericKubernetesResource old, GenericKubernetesResource object) {
      see(kind, object);
    }

    @Override
    public void onDelete(GenericKubernetesResource object, boolean unknown) {
      Seen.Key key = key(kind, object);
      seen.remove(key);
      days.remove(key);
      changed.run();
    }
  }

  private void see(Kind kind, GenericKubernetesResource object) {
    switch (kind) {
      case EXPERIMENT, ROLLOUT -> keep(seen, key(kind, object), seen(kind, object));
      case GAME_DAY -> keep(days, key(kind, object), day(object));
      case ENVIRONMENT -> {}
    }
    changed.run();
  }

  /** What another version wrote is left to whoever understands it. */
  private static <T> void keep(Map<Seen.Key, T> all, Seen.Key key, Optional<T> object) {
    object.ifPresentOrElse(known -> all.put(key, known), () -> all.remove(key));
  }

  private static Seen.Key key(Kind kind, GenericKubernetesResource object) {
    return new Seen.Key(kind, object.getMetadata().getNamespace(), object.getMetadata().getName());
  }

  private static Optional<Seen> seen(Kind kind, GenericKubernetesResource object) {
    ObjectMeta meta = object.getMetadata();
    return Status.read(part(object, "status"))
        .map(
            status ->
                new Seen(
                    key(kind, object),
                    meta.getUid(),
                    meta.getResourceVersion(),
                    generation(meta),
                    meta.getDeletionTimestamp() != null,
                    meta.getFinalizers().contains(FINALIZER),
                    Optional.ofNullable(meta.getAnnotations()).orElse(Map.of()),
                    status));
  }

  private static Optional<SeenDay> day(GenericKubernetesResource object) {
    ObjectMeta meta = object.getMetadata();
    return DayStatus.read(part(object, "status"))
        .map(
            status ->
                new SeenDay(
                    key(Kind.GAME_DAY, object),
                    meta.getUid(),
                    meta.getResourceVersion(),
                    generation(meta),
                    status));
  }

  private static long generation(ObjectMeta meta) {
    return Optional.ofNullable(meta.getGeneration()).orElse(0L);
  }

  private static JsonNode part(GenericKubernetesResource object, String name) {
    return Codec.json().valueToTree(object.getAdditionalProperties().get(name));
  }

  /** Whether all of them are known. */
  public boolean ready() {
    return informers.size() == Kind.values().length
        && informers.values().stream().allMatch(SharedIndexInformer::hasSynced);
  }

  /** All experiments and rollouts, as they were seen last. */
  public List<Seen> all() {
    return new ArrayList<>(seen.values());
  }

  /** All game days, as they were seen last. */
  public List<SeenDay> days() {
    return new ArrayList<>(days.values());
  }

  /** The experiments and rollouts of a namespace that have a name, as they were seen last. */
  public List<Seen> named(String place, String name) {
    return Stream.of(Kind.EXPERIMENT, Kind.ROLLOUT)
        .map(kind -> seen.get(new Seen.Key(kind, place, name)))
        .filter(Objects::nonNull)
        .toList();
  }

  /** The content of an object, as it was seen last. */
  public Optional<JsonNode> content(Seen.Key key) {
    return Optional.ofNullable(informers.get(key.kind()))
        .map(informer -> informer.getStore().getByKey(key.namespace() + "/" + key.name()))
        .map(object -> part(object, "spec"))
        .filter(JsonNode::isObject);
  }

  /** Asks the API server for one; empty where it is gone. */
  public Optional<Seen> fresh(Seen.Key key) {
    GenericKubernetesResource object = at(key).get();
    return Optional.ofNullable(object).flatMap(found -> seen(key.kind(), found));
  }

  /**
   * Writes a status.
   *
   * @return the object afterwards; empty where it has changed since it was seen, or is gone
   * @throws KubernetesClientException when the API server does not take it
   */
  public Optional<Seen> write(Seen object, Status status) {
    return written(object.key(), object.version(), status.patch())
        .flatMap(after -> seen(object.key().kind(), after));
  }

  /**
   * Writes the status of a game day.
   *
   * @return the game day afterwards; empty where it has changed since it was seen, or is gone
   * @throws KubernetesClientException when the API server does not take it
   */
  public Optional<SeenDay> write(SeenDay day, DayStatus status) {
    return written(day.key(), day.version(), status.patch()).flatMap(ObjectStore::day);
  }

  private Optional<GenericKubernetesResource> written(
      Seen.Key key, String version, JsonNode status) {
    ObjectNode patch = patch(version);
    patch.set("status", status);
    return patched(() -> at(key).subresource("status").patch(MERGE, patch.toString()));
  }

  /** A patch that fails where the object has changed since. */
  private static ObjectNode patch(String version) {
    ObjectNode patch = Codec.json().createObjectNode();
    patch.putObject("metadata").put("resourceVersion", version);
    return patch;
  }

  /**
   * Grants what a game day wants of an object, unless the object has changed since it was seen.
   *
   * @throws KubernetesClientException when the API server does not take it
   */
  public void grant(Wish wish) {
    ObjectNode patch = patch(wish.object().version());
    patch
        .withObject("metadata")
        .withObject("annotations")
        .put(Seen.AGAIN, wish.request().orElse(null));
    var _ = patched(() -> at(wish.object().key()).patch(MERGE, patch.toString()));
  }

  /**
   * Keeps an object until its run is over, or keeps it no longer.
   *
   * @return the object afterwards; empty where it has changed since it was seen, or is gone
   */
  public Optional<Seen> keep(Seen object, boolean kept) {
    ObjectNode patch = patch(object.version());
    ObjectNode meta = patch.withObject("metadata");
    List<String> others = new ArrayList<>(finalizers(object.key()));
    others.remove(FINALIZER);
    if (kept) {
      others.add(FINALIZER);
    }
    others.forEach(meta.putArray("finalizers")::add);
    return patched(() -> at(object.key()).patch(MERGE, patch.toString()))
        .flatMap(after -> seen(object.key().kind(), after));
  }

  private List<String> finalizers(Seen.Key key) {
    GenericKubernetesResource object = at(key).get();
    return object == null ? List.of() : object.getMetadata().getFinalizers();
  }

  private Resource<GenericKubernetesResource> at(Seen.Key key) {
    return of(key.kind()).inNamespace(key.namespace()).withName(key.name());
  }

  private interface Write {
    @Nullable GenericKubernetesResource go();
  }

  private static Optional<GenericKubernetesResource> patched(Write write) {
    try {
      return Optional.ofNullable(write.go());
    } catch (KubernetesClientException refused) {
      if (refused.getCode() == CONFLICT || refused.getCode() == GONE) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  @Override
  public void close() {
    informers.values().forEach(SharedIndexInformer::close);
  }
}
