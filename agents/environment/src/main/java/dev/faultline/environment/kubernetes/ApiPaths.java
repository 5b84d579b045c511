package dev.faultline.environment.kubernetes;

import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.cluster.ObjectRef;

/** Where objects are in the API. */
final class ApiPaths {

  private ApiPaths() {}

  /** The objects of a kind in all namespaces. */
  static String everywhere(ObjectKind kind) {
    return root(kind) + "/" + kind.resource();
  }

  private static String root(ObjectKind kind) {
    return kind.group().isEmpty() ? "/api/v1" : "/apis/%s/v1".formatted(kind.group());
  }

  /** The objects of a kind, in this namespace where they are in one. */
  static String of(ObjectKind kind, String namespace) {
    return kind.namespaced()
        ? "%s/namespaces/%s/%s".formatted(root(kind), namespace, kind.resource())
        : everywhere(kind);
  }

  /** The leases of a namespace. */
  static String leases(String namespace) {
    return "/apis/coordination.k8s.io/v1/namespaces/%s/leases".formatted(namespace);
  }

  /** One lease. */
  static String lease(String namespace, String name) {
    return leases(namespace) + "/" + name;
  }

  /** One object. */
  static String of(ObjectKind kind, String namespace, String name) {
    return of(kind, namespace) + "/" + name;
  }

  /** One object. */
  static String of(ObjectRef object) {
    return of(object.kind(), object.namespace(), object.name());
  }
}
