package dev.faultline.model.contract;

import dev.faultline.model.route.Address;
import dev.faultline.model.route.Envoy;
import dev.faultline.model.route.EnvoyMatch;
import dev.faultline.model.route.GatewayApi;
import dev.faultline.model.route.Haproxy;
import dev.faultline.model.route.Istio;
import dev.faultline.model.route.Match;
import dev.faultline.model.route.MatchList;
import dev.faultline.model.route.Nginx;
import dev.faultline.model.route.Replicas;
import dev.faultline.model.route.Route;
import dev.faultline.model.route.Scaled;
import dev.faultline.model.route.Sticky;
import java.util.List;
import java.util.Optional;

/** One router of each kind. */
final class RouteSamples {

  static final Route HAPROXY = new Haproxy("/run/haproxy.sock", "shop", "v1", "v2");

  static final Route HAPROXY_WITH_LIST =
      new Haproxy(
          "/run/haproxy.sock",
          "shop",
          "v1",
          "v2",
          Optional.of(new MatchList(Optional.of("x-user"), Optional.empty(), "${dir}/canary.lst")),
          Optional.of(new Sticky(Optional.of("x-user"), Optional.empty())));

  static final Route NGINX =
      new Nginx(
          "/etc/nginx/orders.conf",
          "orders",
          List.of("10.0.0.1:8080", "v1.shop:8080"),
          List.of("${orders-v2.http}.shop:${v2.http}"),
          List.of("sudo", "nginx", "-t"),
          List.of(),
          Optional.of("/run/orders.pid"),
          Optional.of(new Sticky(Optional.empty(), Optional.of("session"))));

  static final Route ENVOY =
      new Envoy("127.0.0.1:${envoy.admin}", "orders", "orders", "outbound|80||orders-v2");

  static final Route ENVOY_WITH_ROUTES =
      new Envoy(
          "[::1]:9901",
          "orders",
          "orders",
          "orders-v2",
          Optional.of(new EnvoyMatch("x-user", List.of("staff", "ann@shop.test"), "orders.match")),
          Optional.of("orders.mirror"),
          Optional.of(new Sticky(Optional.of("x-user-id"), Optional.empty())));

  static final Route REPLICAS = new Replicas("orders", "orders-v2", 10);

  static final Route GATEWAY_API =
      new GatewayApi(
          "orders",
          "orders",
          "orders-v2",
          Optional.of(new Scaled("orders-v2", 10, Optional.of(2))));

  static final Route ISTIO =
      new Istio(
          "orders",
          "orders/v1",
          "orders.shop.svc.cluster.local/v2",
          Optional.of(new Scaled("orders", 10, Optional.empty())));

  static final Route HAPROXY_WITH_NETWORKS =
      new Haproxy(
          "/run/haproxy.sock",
          "shop",
          "v1",
          "v2",
          Optional.of(
              new MatchList(
                  Optional.empty(),
                  Optional.empty(),
                  Optional.of(Address.CLIENT),
                  "/etc/haproxy/networks.lst")),
          Optional.empty());

  static final Match FROM_NETWORKS =
      new Match(
          Optional.empty(),
          Optional.empty(),
          Optional.of(Address.CLIENT),
          List.of("10.1.0.0/16", "2001:db8::/32"));

  static final Match MATCH =
      new Match(Optional.of("x-user"), Optional.empty(), List.of("staff", "ann@shop.test"));

  private RouteSamples() {}
}
