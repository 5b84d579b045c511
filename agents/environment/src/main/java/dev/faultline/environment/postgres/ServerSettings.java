package dev.faultline.environment.postgres;

import java.util.Map;
import java.util.TreeMap;

/** The settings of servers in labs. */
final class ServerSettings {

  private ServerSettings() {}

  /** What every server is started with. */
  static Map<String, String> own(int port) {
    return new TreeMap<>(
        Map.ofEntries(
            Map.entry("port", Integer.toString(port)),
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", ""),
            // Leaves no file in /dev/shm when the server is killed.
            Map.entry("dynamic_shared_memory_type", "mmap"),
            Map.entry("shared_buffers", "32MB"),
            Map.entry("fsync", "on"),
            Map.entry("wal_level", "replica"),
            // A node that is rebuilt streams what was written since its copy began.
            Map.entry("wal_keep_size", "512MB"),
            Map.entry("wal_retrieve_retry_interval", "100ms"),
            // A frozen standby must not cost the primary its connection to it at once.
            Map.entry("wal_sender_timeout", "60s"),
            Map.entry("max_connections", "100"),
            Map.entry("log_line_prefix", "%t "),
            Map.entry("log_error_verbosity", "terse"),
            Map.entry("timezone", "UTC")));
  }
}
