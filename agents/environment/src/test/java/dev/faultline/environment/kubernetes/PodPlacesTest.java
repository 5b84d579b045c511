package dev.faultline.environment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.environment.packet.HostNames;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The addresses that pods of a namespace of two zones have for agents. */
final class PodPlacesTest {

  private static final String CORE = "/api/v1/namespaces/shop/";

  private FakeApiServer server;
  private Api api;
  private HostNames places;

  @BeforeEach
  void start() throws Exception {
    server = new FakeApiServer();
    api = server.api();
    places = new PodPlaces(api, host -> List.of(InetAddress.ofLiteral("192.0.2.1")));
    for (String zone : List.of("a", "b")) {
      server.put(
          "/api/v1/nodes/n-" + zone,
          "{'metadata': {'name': 'n-%s', 'labels': {'topology.kubernetes.io/zone': '%s'}}}"
              .formatted(zone, zone));
    }
    pod("web-1", "app': 'web", "n-a", "Running", "10.0.1.1");
    pod("web-2", "app': 'web", "n-b", "Running", "10.0.2.2'}, {'ip': '2001:db8::2");
    pod("done", "app': 'web", "n-a", "Succeeded", "10.0.1.3");
    pod("agent", "app.kubernetes.io/managed-by': 'faultline", "n-a", "Running", "10.0.1.4");
    server.put(
        "/apis/apps/v1/namespaces/shop/deployments/web",
        "{'metadata': {'name': 'web'}, 'spec': {'selector': {'matchLabels': {'app': 'web'}}}}");
    server.put(
        CORE + "services/web",
        "{'spec': {'selector': {'app': 'web'}, 'clusterIPs': ['10.96.0.9']}}");
    server.put(CORE + "services/outside", "{'spec': {'clusterIPs': ['None']}}");
  }

  private void pod(String name, String label, String node, String phase, String address) {
    server.put(
        CORE + "pods/" + name,
        """
        {'metadata': {'name': '%s', 'labels': {'%s'}}, 'spec': {'nodeName': '%s'},
          'status': {'phase': '%s', 'podIPs': [{'ip': '%s'}]}}
        """
            .formatted(name, label, node, phase, address));
  }

  @AfterEach
  void end() {
    api.close();
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "zone/a, 10.0.1.1",
    "zone/b, 10.0.2.2 2001:db8:0:0:0:0:0:2",
    "node/n-a, 10.0.1.1",
    "pod/web-1, 10.0.1.1",
    "labels/app=web, 10.0.1.1 10.0.2.2 2001:db8:0:0:0:0:0:2",
    "deployment/web, 10.0.1.1 10.0.2.2 2001:db8:0:0:0:0:0:2",
    "service/web, 10.0.1.1 10.0.2.2 10.96.0.9 2001:db8:0:0:0:0:0:2",
    "shop.example, 192.0.2.1"
  })
  void aPlaceStandsForItsPodsButForThoseThatHaveEndedAndForOurs(String place, String addresses)
      throws Exception {
    assertThat(places.addresses(place))
        .extracting(InetAddress::getHostAddress)
        .containsExactly(addresses.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "zone/c | zone/c stands for no pod of namespace shop that has an address",
        "service/outside | stands for no pod",
        "statefulSet/db | there is no statefulSet db in namespace shop"
      })
  void whatStandsForNobodyIsToldSo(String place, String words) {
    assertThatThrownBy(() -> places.addresses(place))
        .isInstanceOf(UnknownHostException.class)
        .hasMessageContaining(words);
  }

  @Test
  void moreThanAnAgentTakesIsRefusedInWords() {
    for (int i = 0; i < 260; i++) {
      pod("many-" + i, "app': 'many", "n-b", "Running", "10.1.%d.%d".formatted(i / 250, i % 250));
    }
    assertThatThrownBy(() -> places.addresses("labels/app=many"))
        .hasMessage("labels/app=many stands for 260 addresses, and a fault takes 256");
  }
}
