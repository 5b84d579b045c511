package dev.faultline.environment.notice;

import dev.faultline.model.notice.Webhook;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import okhttp3.Request;
import tools.jackson.databind.node.ObjectNode;

/**
 * Posts news as JSON. With a secret they are signed after Standard Webhooks 1.0: HMAC-SHA256 of
 * {@code ID.TIMESTAMP.BODY}, by which the receiver knows who sent them, and that they are not old.
 */
record WebhookTeller(Wire wire, Webhook webhook, Path base, InstantSource clock) implements Teller {

  private static final String PREFIX = "whsec_";
  private static final int SHORTEST_KEY = 24;
  private static final int LONGEST_KEY = 64;

  @Override
  public void tell(News news) throws Untold {
    byte[] body = Wire.JSON.writeValueAsBytes(json(news));
    Request.Builder request =
        new Request.Builder()
            .url(Wire.address(webhook.url(), webhook.urlFile(), base))
            .post(Wire.body(body));
    long now = clock.instant().getEpochSecond();
    request.header("webhook-id", news.id()).header("webhook-timestamp", Long.toString(now));
    if (webhook.secretFile().isPresent()) {
      String secret = Wire.secret("secretFile", webhook.secretFile().get(), base);
      request.header("webhook-signature", "v1," + signature(key(secret), news.id(), now, body));
    }
    var _ = wire.send(request.build());
  }

  private static ObjectNode json(News news) {
    ObjectNode json =
        Wire.JSON
            .createObjectNode()
            .put("type", "gameday." + news.moment().name().toLowerCase(Locale.ROOT))
            .put("timestamp", news.at().toString());
    ObjectNode data =
        json.putObject("data")
            .put("gameDay", news.gameDay())
            .put("planned", news.planned().toString())
            .put("words", news.words());
    var runs = data.putArray("runs");
    news.runs().forEach(runs::add);
    news.run().ifPresent(run -> data.put("run", run));
    news.exit().ifPresent(exit -> data.put("exit", exit));
    return json;
  }

  private static byte[] key(String secret) throws Untold {
    String text = secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret;
    try {
      byte[] key = Base64.getDecoder().decode(text);
      if (key.length >= SHORTEST_KEY && key.length <= LONGEST_KEY) {
        return key;
      }
    } catch (IllegalArgumentException noBase64) {
      // Said below: the exception tells a part of the secret.
    }
    throw Untold.ever(
        "secretFile holds no secret of %d to %d bytes in base64"
            .formatted(SHORTEST_KEY, LONGEST_KEY));
  }

  static String signature(byte[] key, String id, long seconds, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update("%s.%d.".formatted(id, seconds).getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("each Java has HmacSHA256", impossible);
    }
  }
}
