package dev.faultline.load;

import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/** What goes over the wire, made once: it is only read when it is sent, by many at a time. */
final class WireRequest {

  private WireRequest() {}

  /** A request that is complete: nothing is added when it is sent. */
  static ClassicHttpRequest of(LoadRequest wanted) {
    BasicClassicHttpRequest request = new BasicClassicHttpRequest(wanted.method(), wanted.path());
    request.setHeader(HttpHeaders.HOST, wanted.authority());
    request.setHeader(HttpHeaders.USER_AGENT, "faultline");
    wanted.headers().forEach(request::setHeader);
    if (wanted.body().isPresent()) {
      byte[] bytes = wanted.body().get().getBytes(StandardCharsets.UTF_8);
      request.setHeader(HttpHeaders.CONTENT_LENGTH, bytes.length);
      request.setEntity(new ByteArrayEntity(bytes, null));
    }
    return request;
  }
}
