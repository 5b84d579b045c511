package dev.faultline.environment.kubernetes;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.filter.FilteringParserDelegate;
import tools.jackson.core.filter.TokenFilter;

/**
 * Leaves out of the objects of a list what nobody here reads: nine tenths of a pod, thousands of
 * which may be held at once. It is skipped while a page is read, so that it never takes any memory.
 * Immutable and thread-safe.
 */
final class Unread extends TokenFilter {

  private static final TokenFilter CONTAINER = only(PodInsides.READ_OF_CONTAINER, Map.of());
  private static final TokenFilter TEMPLATE =
      but(
          Set.of(),
          Map.of(
              "spec",
              only(
                  Set.of("containers"),
                  Map.of("containers", only(PodTemplate.READ_OF_CONTAINER, Map.of())))));
  private static final TokenFilter SPEC =
      but(
          Set.of(
              "volumes",
              "tolerations",
              "affinity",
              "dnsPolicy",
              "enableServiceLinks",
              "preemptionPolicy",
              "priority",
              "schedulerName",
              "securityContext",
              "serviceAccount",
              "serviceAccountName",
              "terminationGracePeriodSeconds"),
          Map.of("containers", CONTAINER, "initContainers", CONTAINER, "template", TEMPLATE));
  private static final TokenFilter METADATA =
      but(
          Set.of("managedFields", "generateName"),
          Map.of("ownerReferences", but(Set.of("blockOwnerDeletion"), Map.of())));
  private static final TokenFilter CONDITION =
      but(Set.of("lastProbeTime", "lastTransitionTime", "lastUpdateTime"), Map.of());
  private static final TokenFilter CONTAINER_STATUS =
      but(
          Set.of("allocatedResources", "image", "imageID", "lastState", "started", "volumeMounts"),
          Map.of());
  private static final TokenFilter STATUS =
      but(
          Set.of("hostIP", "hostIPs", "images", "qosClass", "startTime"),
          Map.of("conditions", CONDITION, "containerStatuses", CONTAINER_STATUS));
  private static final TokenFilter OBJECT =
      but(Set.of(), Map.of("metadata", METADATA, "spec", SPEC, "status", STATUS));
  private static final TokenFilter PAGE = but(Set.of(), Map.of("items", OBJECT));

  private final Predicate<String> read;
  private final Map<String, TokenFilter> within;

  private Unread(Predicate<String> read, Map<String, TokenFilter> within) {
    this.read = read;
    this.within = within;
  }

  private static TokenFilter only(Set<String> names, Map<String, TokenFilter> within) {
    return new Unread(names::contains, within);
  }

  private static TokenFilter but(Set<String> names, Map<String, TokenFilter> within) {
    return new Unread(name -> !names.contains(name), within);
  }

  /** A page of a list without it. */
  static JsonParser leftOut(JsonParser page) {
    return new FilteringParserDelegate(page, PAGE, Inclusion.INCLUDE_ALL_AND_PATH, true);
  }

  @Override
  public @Nullable TokenFilter includeProperty(String name) {
    return read.test(name) ? within.getOrDefault(name, INCLUDE_ALL) : null;
  }

  @Override
  public boolean includeEmptyArray(boolean contentsFiltered) {
    return true;
  }

  @Override
  public boolean includeEmptyObject(boolean contentsFiltered) {
    return true;
  }
}
