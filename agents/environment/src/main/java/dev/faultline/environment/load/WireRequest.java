package dev.faultline.environment.load;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/** What goes over the wire, made once: it is only read when it is sent, by many at a time. */
final class WireRequest {

  private WireRequest() {}

  /**
   * A request that is complete: nothing is added when it is sent.
   *
   * @param checked what is asked for, of which the body is left aside
   * @param body the body; a method that wants one gets an empty one
   */
  static ClassicHttpRequest of(Request checked, Optional<String> body) {
    HttpUrl url = checked.url();
    String query = Optional.ofNullable(url.encodedQuery()).map(text -> "?" + text).orElse("");
    BasicClassicHttpRequest request =
        new BasicClassicHttpRequest(checked.method(), url.encodedPath() + query);
    request.setHeader(HttpHeaders.HOST, host(url));
    request.setHeader(HttpHeaders.USER_AGENT, "faultline");
    checked.headers().forEach(header -> request.setHeader(header.getFirst(), header.getSecond()));
    RequestBody wanted = checked.body();
    if (wanted != null) {
      byte[] bytes = body.orElse("").getBytes(StandardCharsets.UTF_8);
      request.setHeader(HttpHeaders.CONTENT_LENGTH, bytes.length);
      request.setEntity(new ByteArrayEntity(bytes, null));
    }
    return request;
  }

  private static String host(HttpUrl url) {
    String name = url.host().contains(":") ? "[%s]".formatted(url.host()) : url.host();
    return url.port() == HttpUrl.defaultPort(url.scheme()) ? name : name + ":" + url.port();
  }
}
