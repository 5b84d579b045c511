package dev.faultline.environment.kubernetes;

import dev.faultline.model.cluster.ObjectKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Where Faultline itself runs, as far as a cluster can tell. */
record OwnPlace(Api api) {

  private static final Path NAMESPACE =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");

  /** Why it would cut itself off with a node; empty where it does not run there. */
  Optional<String> on(JsonNode node) throws ApiTrouble {
    String name = node.path("metadata").path("name").asString("");
    try {
      if (hasOurAddress(node)) {
        return Optional.of("is the machine that Faultline runs on: it would cut itself off");
      }
      if (!Files.exists(NAMESPACE)) {
        return Optional.empty();
      }
      String pod = InetAddress.getLocalHost().getHostName();
      Reply own = api.get(ApiPaths.of(ObjectKind.POD, Files.readString(NAMESPACE).strip(), pod));
      if (!own.ok()) {
        return Optional.of(
            "may be that of Faultline's own pod, which cannot be read (%s)".formatted(pod));
      }
      return name.equals(own.json().path("spec").path("nodeName").asString(""))
          ? Optional.of("is that of Faultline's own pod: it would cut itself off")
          : Optional.empty();
    } catch (IOException unknown) {
      return Optional.of(
          "may be the one that Faultline runs on; that cannot be told: " + unknown.getMessage());
    }
  }

  private static boolean hasOurAddress(JsonNode node) throws IOException {
    Set<String> ours =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .map(InetAddress::getHostAddress)
            .collect(Collectors.toSet());
    return node.path("status")
        .path("addresses")
        .valueStream()
        .map(address -> address.path("address").asString(""))
        .anyMatch(ours::contains);
  }
}
