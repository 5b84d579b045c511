package dev.faultline.environment.kubernetes;

import dev.faultline.environment.request.NotPassed;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.cluster.ClusterService;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * Lets requests go to a service through the API server, with the credentials that Faultline has
 * there: no port is opened anywhere. The address of a request counts from its path on.
 *
 * @param service to which
 */
record ServiceProxy(Api api, ClusterService service) implements Interceptor {

  private static final int UNAVAILABLE = 503;
  private static final List<String> KEPT = List.of("Date", "Location", "Content-Type");
  private static final List<String> NOBODY_THERE =
      List.of("no endpoints available for service", "error trying to reach service");

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    Duration within = Duration.ofNanos(chain.call().timeout().timeoutNanos());
    Passage passage;
    try {
      passage = Passage.of(api, path(request.url()), request, within);
    } catch (ApiTrouble trouble) {
      throw new NotPassed(trouble.reason(), trouble.words(), true);
    }
    Optional<Reply> refused = passage.ofApiServer();
    if (refused.isPresent()) {
      throw refusal(refused.get());
    }
    Response.Builder response =
        new Response.Builder()
            .request(request)
            .protocol(Protocol.HTTP_1_1)
            .code(passage.code())
            .message("")
            .body(ResponseBody.create(passage.body(), null));
    KEPT.forEach(name -> passage.header(name).ifPresent(value -> response.header(name, value)));
    return response.build();
  }

  private String path(HttpUrl url) {
    String query = url.encodedQuery();
    return "/api/v1/namespaces/%s/services/%s/proxy%s%s"
        .formatted(
            service.namespace().orElse(api.namespace()),
            service.proxied(),
            url.encodedPath(),
            query == null ? "" : "?" + query);
  }

  /** That nobody answers is what one wants to know of a service; all else is not about it. */
  private static NotPassed refusal(Reply reply) {
    String words = reply.words();
    return reply.code() == UNAVAILABLE && NOBODY_THERE.stream().anyMatch(words::startsWith)
        ? new NotPassed(BlindReason.UNREACHABLE, words, false)
        : new NotPassed(reply.trouble().reason(), reply.trouble().words(), true);
  }
}
