package dev.faultline.environment.load;

import dev.faultline.environment.request.UserRequest;
import dev.faultline.load.LoadOrder;
import dev.faultline.load.LoadRequest;
import dev.faultline.model.environment.Load;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** What a sender is told of a load. */
public final class Orders {

  private Orders() {}

  /**
   * What is to be sent.
   *
   * @param url the address, with nothing left to replace
   * @throws IllegalArgumentException when there can be no such request; tells no value of a header
   */
  public static LoadOrder of(Load load, String url) {
    return new LoadOrder(
        request(load, url, Map.of()),
        load.tagged().map(tagged -> request(load, url, tagged.headers())),
        load.tagged().map(tagged -> tagged.share().value()).orElse(0.0),
        load.base().value(),
        load.timeout().orElse(LoadOrder.TIMEOUT));
  }

  private static LoadRequest request(Load load, String url, Map<String, String> tags) {
    Map<String, String> headers = new HashMap<>(load.headers());
    headers.putAll(tags);
    Request checked =
        new UserRequest(
                url, load.method().orElse("GET").toUpperCase(Locale.ROOT), headers, load.body())
            .built();
    HttpUrl address = checked.url();
    String query = Optional.ofNullable(address.encodedQuery()).map(text -> "?" + text).orElse("");
    Map<String, String> sent = new LinkedHashMap<>();
    checked.headers().forEach(header -> sent.put(header.getFirst(), header.getSecond()));
    return new LoadRequest(
        checked.method(),
        address.isHttps(),
        address.host(),
        address.port(),
        address.encodedPath() + query,
        sent,
        Optional.ofNullable(checked.body()).map(_ -> load.body().orElse("")));
  }
}
