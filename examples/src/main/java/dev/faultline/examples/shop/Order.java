package dev.faultline.examples.shop;

import com.sun.net.httpserver.Headers;
import java.net.HttpURLConnection;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * An order on its way through the shop.
 *
 * @param id tells a repeated order from a new one
 * @param user whose it is: {@code beta}, or {@code standard} for everybody else
 */
record Order(String id, String user) {
  /** Carries the order's name from service to service. */
  static final String ID = "Order-Id";

  /** Carries from service to service whose order it is. */
  static final String USER = "x-user-type";

  static final String STANDARD = "standard";
  static final String BETA = "beta";

  /** What a caller says of its order; one without a name gets one. */
  static Order in(Headers headers) {
    return new Order(
        Optional.ofNullable(headers.getFirst(ID))
            .orElseGet(() -> Long.toHexString(ThreadLocalRandom.current().nextLong())),
        BETA.equals(headers.getFirst(USER)) ? BETA : STANDARD);
  }

  void tell(HttpURLConnection connection) {
    connection.setRequestProperty(ID, id);
    if (!user.equals(STANDARD)) {
      connection.setRequestProperty(USER, user);
    }
  }
}
