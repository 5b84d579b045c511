package dev.faultline.environment.patroni;

import dev.faultline.environment.patroni.PatroniPlan.NodePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings of the agent of one node, as its file has them.
 *
 * @param plan the cluster
 * @param ports of the node
 * @param home the folder of the node
 * @param bin the folder with the programs of PostgreSQL
 * @param secrets of the cluster
 */
record AgentSettings(
    PatroniPlan plan, NodePorts ports, Path home, Path bin, ClusterSecrets secrets) {

  private static final String HERE = "127.0.0.1:";

  /** The text of the file; what is valid JSON is valid YAML. */
  String text() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("scope", plan.name());
    settings.put("namespace", "/service/");
    settings.put("name", ports.node());
    settings.put(
        "restapi",
        Map.of(
            "listen", HERE + ports.api(),
            "connect_address", HERE + ports.apiDoor(),
            "authentication", login(secrets.api().user(), secrets.api().password())));
    // As a proxy, or the agent would learn where etcd really listens, and go past the door.
    settings.put("etcd3", Map.of("hosts", List.of(HERE + ports.etcdDoor()), "use_proxies", true));
    settings.put("bootstrap", bootstrap());
    settings.put("postgresql", server());
    return Loopback.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(settings);
  }

  private Map<String, Object> bootstrap() {
    return Map.of(
        "dcs", dynamic(),
        "initdb",
            // All of it ends with the lab; what counts is written after the start.
            List.of(Map.of("encoding", "UTF8"), Map.of("locale", "C"), "data-checksums", "no-sync"),
        "pg_hba",
            List.of(
                "host all all 127.0.0.1/32 scram-sha-256",
                "host replication all 127.0.0.1/32 scram-sha-256"));
  }

  /** What is the same for all nodes; where the file says nothing, Patroni's own words hold. */
  private Map<String, Object> dynamic() {
    Map<String, Object> dynamic = new LinkedHashMap<>();
    dynamic.put("ttl", plan.ttl().toSeconds());
    dynamic.put("loop_wait", plan.spec().loopWait().map(Duration::toSeconds).orElse(10L));
    dynamic.put("retry_timeout", plan.spec().retryTimeout().map(Duration::toSeconds).orElse(10L));
    dynamic.put(
        "primary_start_timeout",
        plan.spec().primaryStartTimeout().map(Duration::toSeconds).orElse(300L));
    dynamic.put("synchronous_mode", plan.isSynchronous());
    dynamic.put("postgresql", Map.of("use_pg_rewind", true, "use_slots", true));
    return dynamic;
  }

  private Map<String, Object> server() {
    Map<String, Object> server = new LinkedHashMap<>();
    server.put("listen", HERE + ports.server());
    server.put("connect_address", HERE + ports.door());
    server.put("data_dir", home.resolve("data").toString());
    server.put("bin_dir", bin.toString());
    server.put("bin_name", Map.of("postgres", home.resolve(ServerGuard.NAME).toString()));
    server.put("pgpass", home.resolve("pgpass").toString());
    server.put(
        "authentication",
        Map.of(
            "superuser", login(secrets.superuser().user(), secrets.superuser().password()),
            "replication", login("replicator", secrets.replication())));
    server.put(
        "parameters",
        Map.of(
            "unix_socket_directories", "",
            // Leaves no file in /dev/shm when the server is killed.
            "dynamic_shared_memory_type", "mmap",
            "shared_buffers", "32MB",
            "wal_retrieve_retry_interval", "200ms",
            "jit", "off",
            "log_error_verbosity", "terse"));
    server.put("remove_data_directory_on_rewind_failure", true);
    server.put("remove_data_directory_on_diverged_timelines", true);
    return server;
  }

  private static Map<String, String> login(String user, String password) {
    return Map.of("username", user, "password", password);
  }
}
