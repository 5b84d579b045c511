#!/bin/sh
# Envoy before two versions of orders, in a folder of its own and without root:
#   envoy.sh FOLDER   writes there what Envoy starts with, and becomes Envoy
set -eu
command -v envoy >/dev/null || { echo "this lab needs the program envoy, and there is none on the PATH" >&2; exit 127; }

cluster() { # cluster NAME PORT
  cat <<END
    - name: $1
      connect_timeout: 1s
      health_checks:
        - {timeout: 1s, interval: 1s, no_traffic_interval: 1s, unhealthy_threshold: 3, healthy_threshold: 1, http_health_check: {path: /health}}
      load_assignment:
        cluster_name: $1
        endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: $2}}}}]}]
END
}

cat >"$1/envoy.yaml" <<END
admin: {address: {socket_address: {address: 127.0.0.1, port_value: $ADMIN_PORT}}}
layered_runtime: {layers: [{name: admin, admin_layer: {}}]}
static_resources:
  listeners:
    - address: {socket_address: {address: 127.0.0.1, port_value: $FRONT_PORT}}
      filter_chains:
        - filters:
            - name: envoy.filters.network.http_connection_manager
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                stat_prefix: front
                http_filters:
                  - name: envoy.filters.http.router
                    typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
                route_config:
                  virtual_hosts:
                    - name: orders
                      domains: ["*"]
                      routes:
                        - {match: {path: /health}, direct_response: {status: 200}}
                        # While the runtime value is 100, beta users meet version 2.
                        - match:
                            prefix: /
                            headers: [{name: x-user-type, string_match: {exact: beta}}]
                            runtime_fraction: {default_value: {numerator: 0}, runtime_key: orders.match.beta}
                          route: {timeout: 5s, cluster: orders-v2}
                        - match: {prefix: /}
                          route:
                            timeout: 5s
                            # Weights of the runtime, orders.NAME, take the place of these while they are set.
                            weighted_clusters:
                              runtime_key_prefix: orders
                              clusters: [{name: orders, weight: 100}, {name: orders-v2, weight: 0}]
  clusters:
$(cluster orders "$ORDERS_PORT")
$(cluster orders-v2 "$ORDERS_V2_PORT")
END
exec envoy --disable-hot-restart --concurrency 1 --log-level warning -c "$1/envoy.yaml"
