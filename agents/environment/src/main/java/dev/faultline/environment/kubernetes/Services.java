package dev.faultline.environment.kubernetes;

import dev.faultline.environment.probe.HttpProbes;
import dev.faultline.environment.prometheus.PrometheusClient;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.environment.PrometheusEndpoint;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Asks services of the cluster, through its API server. Thread-safe. */
final class Services implements AutoCloseable {

  private final Api api;
  private final HttpProbes probes = new HttpProbes(UnaryOperator.identity());
  private final Optional<PrometheusClient> prometheus;

  /**
   * Nothing is connected before it is asked for.
   *
   * @param endpoint the Prometheus of the environment, where it is such a service
   * @param base where relative paths of its files begin
   */
  Services(Api api, Optional<PrometheusEndpoint> endpoint, Path base) {
    this.api = api;
    this.prometheus =
        endpoint.flatMap(
            one ->
                one.inside().map(to -> new PrometheusClient(one, base, new ServiceProxy(api, to))));
  }

  /** What one request gets. */
  Answer ask(Query.ServiceProbe probe) throws ApiTrouble {
    Answer answer = probes.ask(probe.request(), new ServiceProxy(api, probe.service()));
    if (answer instanceof Answer.Unanswered late && late.reason() == BlindReason.TIMEOUT) {
      requireAlive();
    }
    return answer;
  }

  /** An API server that does not answer itself says nothing about what is behind it. */
  private void requireAlive() throws ApiTrouble {
    try {
      Reply version = api.getQuickly("/version");
      if (version.mayPass()) {
        throw version.trouble();
      }
    } catch (ApiTrouble away) {
      throw new ApiTrouble(BlindReason.REFUSED, String.valueOf(away.getMessage()));
    }
  }

  /** What the Prometheus of the cluster answers. */
  Answer prometheus(Function<PrometheusClient, Answer> question) {
    return prometheus
        .map(question)
        .orElseGet(
            () ->
                new Answer.Unanswered(
                    BlindReason.UNREACHABLE, "the environment names no prometheus"));
  }

  @Override
  public void close() {
    probes.close();
    prometheus.ifPresent(PrometheusClient::close);
  }
}
