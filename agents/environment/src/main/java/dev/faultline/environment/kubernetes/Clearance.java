package dev.faultline.environment.kubernetes;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.cluster.Permission;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.world.Answer;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether faults are allowed here: by the owner of the namespace, and by the rights of the user.
 */
final class Clearance {

  private static final String CONSENT = "faultline.dev/chaos";
  private static final String ALLOWED = "allowed";

  private final Api api;

  Clearance(Api api) {
    this.api = api;
  }

  /** What a label or an annotation of the namespace says. */
  Answer namespace() throws ApiTrouble {
    Reply reply = api.get("/api/v1/namespaces/" + api.namespace());
    if (reply.isMissing()) {
      return new Answer.SpaceIs(api.namespace(), false, false);
    }
    if (!reply.ok()) {
      throw reply.trouble();
    }
    JsonNode meta = reply.json().path("metadata");
    boolean allowed =
        meta.path("labels").path(CONSENT).asString("").equals(ALLOWED)
            || meta.path("annotations").path(CONSENT).asString("").equals(ALLOWED);
    return new Answer.SpaceIs(api.namespace(), true, allowed);
  }

  /** Asks for each permission, in the namespace of the environment where it names none. */
  Answer lacking(List<Permission> permissions) throws ApiTrouble {
    return lacking(permissions, api.namespace());
  }

  /**
   * Asks for each permission, as a SelfSubjectAccessReview.
   *
   * @param namespace where it is meant, unless it names one itself
   */
  Answer lacking(List<Permission> permissions, String namespace) throws ApiTrouble {
    List<Permission> lacking = new ArrayList<>();
    for (Permission permission : permissions) {
      Reply reply =
          api.post(
              "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
              review(permission, namespace).toString());
      if (!reply.ok()) {
        throw reply.trouble();
      }
      JsonNode allowed = reply.json().path("status").path("allowed");
      if (!allowed.isBoolean()) {
        throw new ApiTrouble(BlindReason.MALFORMED, "the review of a permission has no status");
      }
      if (!allowed.booleanValue()) {
        lacking.add(permission);
      }
    }
    return new Answer.Forbidden(lacking);
  }

  private static ObjectNode review(Permission permission, String namespace) {
    String[] parts = permission.resource().split("/", 2);
    ObjectNode review =
        Codec.json()
            .createObjectNode()
            .put("apiVersion", "authorization.k8s.io/v1")
            .put("kind", "SelfSubjectAccessReview");
    ObjectNode wish = review.putObject("spec").putObject("resourceAttributes");
    wish.put("group", permission.group()).put("resource", parts[0]).put("verb", permission.verb());
    if (parts.length > 1) {
      wish.put("subresource", parts[1]);
    }
    if (!permission.everywhere()) {
      wish.put("namespace", permission.namespace().orElse(namespace));
    }
    permission.name().ifPresent(name -> wish.put("name", name));
    return review;
  }
}
