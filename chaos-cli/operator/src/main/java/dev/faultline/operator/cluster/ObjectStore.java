package dev.faultline.operator.cluster;

import dev.faultline.model.codec.Codec;
import dev.faultline.model.document.Document;
import dev.faultline.operator.course.Seen;
import dev.faultline.operator.course.Seen.Kind;
import dev.faultline.operator.course.Status;
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
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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
      seen.remove(key(kind, object));
      changed.run();
    }
  }

  private void see(Kind kind, GenericKubernetesResource object) {
    if (kind != Kind.ENVIRONMENT) {
      seen.put(key(kind, object), seen(kind, object));
    }
    changed.run();
  }

  private static Seen.Key key(Kind kind, GenericKubernetesResource object) {
    return new Seen.Key(kind, object.getMetadata().getNamespace(), object.getMetadata().getName());
  }

  private static Seen seen(Kind kind, GenericKubernetesResource object) {
    ObjectMeta meta = object.getMetadata();
    return new Seen(
        key(kind, object),
        meta.getUid(),
        meta.getResourceVersion(),
        Optional.ofNullable(meta.getGeneration()).orElse(0L),
        meta.getDeletionTimestamp() != null,
        meta.getFinalizers().contains(FINALIZER),
        Optional.ofNullable(meta.getAnnotations()).orElse(Map.of()),
        Status.read(part(object, "status")));
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

  /** One of them, as it was seen last. */
  public Optional<Seen> find(Seen.Key key) {
    return Optional.ofNullable(seen.get(key));
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
    return Optional.ofNullable(object).map(found -> seen(key.kind(), found));
  }

  /**
   * Writes a status.
   *
   * @return the object afterwards; empty where it has changed since it was seen, or is gone
   * @throws KubernetesClientException when the API server does not take it
   */
  public Optional<Seen> write(Seen object, Status status) {
    ObjectNode patch = Codec.json().createObjectNode();
    patch.putObject("metadata").put("resourceVersion", object.version());
    patch.set("status", status.patch());
    return patched(
        object.key(), () -> at(object.key()).subresource("status").patch(MERGE, patch.toString()));
  }

  /**
   * Keeps an object until its run is over, or keeps it no longer.
   *
   * @return the object afterwards; empty where it has changed since it was seen, or is gone
   */
  public Optional<Seen> keep(Seen object, boolean kept) {
    ObjectNode patch = Codec.json().createObjectNode();
    ObjectNode meta = patch.putObject("metadata").put("resourceVersion", object.version());
    List<String> others = new ArrayList<>(finalizers(object.key()));
    others.remove(FINALIZER);
    if (kept) {
      others.add(FINALIZER);
    }
    others.forEach(meta.putArray("finalizers")::add);
    return patched(object.key(), () -> at(object.key()).patch(MERGE, patch.toString()));
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

  private Optional<Seen> patched(Seen.Key key, Write write) {
    try {
      return Optional.ofNullable(write.go()).map(object -> seen(key.kind(), object));
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
