package dev.faultline.model.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.model.cluster.ClusterService;
import dev.faultline.model.cluster.Permission;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.environment.PrometheusEndpoint;
import dev.faultline.model.world.Query;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services of a cluster, where a gate or an environment names one in place of an address. */
final class ClusterServiceTest {

  private static <T> T read(String text, Class<T> type) {
    return Codec.json().readValue(text.replace('\'', '"'), type);
  }

  @Test
  void aGateAsksWhatAPodWouldAsk() {
    Http gate =
        read("{'service': 'web', 'port': 8080, 'path': '/health?full', 'read': 'ok'}", Http.class);

    Query.ServiceProbe probe = (Query.ServiceProbe) gate.queries().getFirst();

    assertThat(probe.request().url()).isEqualTo("http://web:8080/health?full");
    assertThat(probe.service().proxied()).isEqualTo("http:web:8080");
    assertThat(probe.service().permission("GET"))
        .isEqualTo(new Permission("", "services/proxy", "get", false).only("http:web:8080"));
    assertThat(probe.service().permission("POST").words())
        .isEqualTo("create services/proxy http:web:8080");
    assertThat(gate.words()).isEqualTo("ok of GET http://web:8080/health?full");
  }

  @Test
  void aPrometheusMayBeAService() {
    PrometheusEndpoint endpoint =
        read(
            "{'service': 'mimir', 'namespace': 'monitoring', 'scheme': 'https', 'path':"
                + " '/prometheus', 'headers': {'X-Scope-OrgID': 'shop'}}",
            PrometheusEndpoint.class);

    ClusterService service = endpoint.inside().orElseThrow();

    assertThat(endpoint.address()).isEqualTo("https://mimir.monitoring/prometheus");
    assertThat(service.proxied()).isEqualTo("https:mimir:");
    assertThat(service.permission("GET").namespace()).contains("monitoring");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{} | one of these is missing: url, service",
        "{'url': 'http://a', 'service': 'b'} | 'url' and 'service' stand here",
        "{'url': 'http://a', 'port': 80} | 'port' belongs to 'service'",
        "{'url': 'http://a', 'path': '/x'} | 'path' belongs to 'service'",
        "{'service': 'a.b'} | 'a.b' cannot name a service",
        "{'service': 'a', 'namespace': '../b'} | cannot name a namespace",
        "{'service': 'a', 'port': 0} | from 1 to 65535",
        "{'service': 'a', 'path': '/b/../../c'} | without '..'",
        "{'service': 'a', 'path': '/b/%2E./c'} | without '..'",
        "{'service': 'a', 'path': '/b%2f..%2fc'} | without '..'",
        "{'service': 'a', 'path': 'b'} | write it as /health",
        "{'service': 'a', 'headers': {'authorization': 'x'}} | does not pass 'authorization' on",
        "{'service': 'a', 'headers': {'Impersonate-User': 'x'}} | does not pass"
      })
  void whatDoesNotReachAServiceIsRefused(String keys, String why) {
    assertThatThrownBy(() -> read(keys, Http.class)).hasMessageContaining(why);
    assertThatThrownBy(() -> read(keys, PrometheusEndpoint.class)).hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'service': 'a', 'bearerTokenFile': 't'} | 'bearerTokenFile' does not reach",
        "{'service': 'a', 'user': 'u', 'passwordFile': 'p'} | 'user' does not reach",
        "{'service': 'a', 'tls': {'caFile': 'c'}} | 'tls' does not reach",
        "{'service': 'a', 'path': '/b?c'} | remove what begins with '?'"
      })
  void credentialsOfItsOwnDoNotReachAPrometheus(String keys, String why) {
    assertThatThrownBy(() -> read(keys, PrometheusEndpoint.class)).hasMessageContaining(why);
  }

  @Test
  void onlyAClusterHasServices() {
    assertThatThrownBy(
            () -> read("{'local': {}, 'prometheus': {'service': 'a'}}", EnvironmentSpec.class))
        .hasMessageContaining("in an environment with 'kubernetes'");
    assertThatThrownBy(() -> read("{'service': 'a', 'method': 'TRACE'}", Http.class))
        .hasMessageContaining("passes on GET, HEAD, POST");
  }
}
