import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * What looks like a cluster to a start that practises: it speaks TLS on this machine alone, and
 * answers each request as an API server answers that has next to nothing.
 *
 * <p>Usage: {@code java PracticeCluster.java KEYS}; the keys are a PKCS 12 with the password {@code
 * practice}. Prints its port, and answers until it is ended.
 */
final class PracticeCluster {

  private static final char[] PASSWORD = "practice".toCharArray();

  private static final String POD =
      """
      {"metadata": {"name": "a", "namespace": "shop", "uid": "1", "resourceVersion": "1",
        "labels": {"app": "inventory"}, "annotations": {},
        "ownerReferences": [{"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "a", "uid": "2", "controller": true}]},
       "spec": {"nodeName": "a", "containers": [{"name": "a", "image": "a", "ports": [{"containerPort": 8080}]}]},
       "status": {"phase": "Running", "podIP": "127.0.0.2", "conditions": [{"type": "Ready", "status": "True"}],
        "containerStatuses": [{"name": "a", "ready": true, "restartCount": 0, "state": {"running": {}}}]}}
      """;

  private static final String WORKLOAD =
      """
      {"apiVersion": "apps/v1", "kind": "Deployment",
       "metadata": {"name": "a", "namespace": "shop", "uid": "3", "resourceVersion": "1", "labels": {}, "annotations": {}},
       "spec": {"replicas": 1, "selector": {"matchLabels": {"app": "inventory"}}, "template": {"metadata": {"labels": {"app": "inventory"}}}},
       "status": {"replicas": 1, "readyReplicas": 1}}
      """;

  private PracticeCluster() {}

  public static void main(String[] arguments) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(Path.of(arguments[0]))) {
      keys.load(file, PASSWORD);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.createContext("/", PracticeCluster::answer);
    server.start();
    System.out.println(server.getAddress().getPort());
  }

  private static void answer(HttpExchange exchange) throws IOException {
    byte[] asked = exchange.getRequestBody().readAllBytes();
    byte[] text =
        object(exchange.getRequestURI().getPath(), asked).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(asked.length > 0 ? 201 : 200, text.length);
    exchange.getResponseBody().write(text);
    exchange.close();
  }

  private static String object(String path, byte[] asked) {
    String kind = path.substring(path.lastIndexOf('/') + 1);
    if (asked.length > 0) {
      return """
          {"apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview", "status": {"allowed": true}}
          """;
    }
    if (path.matches("/api/v1/namespaces/[^/]+")) {
      return """
          {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "labels": {"faultline.dev/chaos": "allowed"}}}
          """;
    }
    return switch (kind) {
      case "pods" ->
          """
          {"apiVersion": "v1", "kind": "PodList", "metadata": {"resourceVersion": "1"}, "items": [%s]}
          """
              .formatted(POD);
      case "version" ->
          """
          {"major": "1", "minor": "33", "gitVersion": "v1.33.0"}
          """;
      default ->
          path.matches(".*/deployments/[^/]+")
              ? WORKLOAD
              : """
                {"apiVersion": "v1", "kind": "List", "metadata": {"resourceVersion": "1"}, "items": []}
                """;
    };
  }
}
