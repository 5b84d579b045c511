package dev.faultline.environment.notice;

import dev.faultline.model.notice.Silence;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.Request;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Silences alerts from the begin of a game day to its end (API v2 of the Alertmanager). Its silence
 * is found by its comment, so that whoever ends the game day can end it, and has an end of its own.
 */
record SilenceTeller(Wire wire, Silence silence, Path base, InstantSource clock) implements Teller {

  private static final String AUTHOR = "faultline";

  @Override
  public void tell(News news) throws Untold {
    switch (news.moment()) {
      case START -> begin(news);
      case END -> end(news);
      case BEFORE, HALT -> {}
    }
  }

  private void begin(News news) throws Untold {
    if (!ours(news).isEmpty()) {
      return;
    }
    ObjectNode wanted =
        Wire.JSON
            .createObjectNode()
            .put("createdBy", AUTHOR)
            .put("comment", news.occasion())
            .put("startsAt", clock.instant().toString())
            .put("endsAt", news.at().plus(silence.longest()).toString());
    var matchers = wanted.putArray("matchers");
    for (Silence.Matcher one : silence.chosen()) {
      matchers
          .addObject()
          .put("name", one.label())
          .put("value", one.value())
          .put("isRegex", one.regex())
          .put("isEqual", one.equal());
    }
    var _ = wire.send(asking("api/v2/silences").post(Wire.body(wanted)).build());
  }

  private void end(News news) throws Untold {
    for (String id : ours(news)) {
      HttpUrl one =
          Wire.below(silence.url(), "api/v2/silence").newBuilder().addPathSegment(id).build();
      var _ = wire.send(asking(one).delete().build());
    }
  }

  private List<String> ours(News news) throws Untold {
    List<String> ids = new ArrayList<>();
    for (JsonNode one : wire.send(asking("api/v2/silences").build())) {
      if (one.path("createdBy").asString("").equals(AUTHOR)
          && one.path("comment").asString("").equals(news.occasion())
          && !one.path("status").path("state").asString("").equals("expired")) {
        ids.add(one.path("id").asString(""));
      }
    }
    return ids;
  }

  private Request.Builder asking(String path) throws Untold {
    return asking(Wire.below(silence.url(), path));
  }

  private Request.Builder asking(HttpUrl url) throws Untold {
    Request.Builder request = new Request.Builder().url(url);
    if (silence.bearerTokenFile().isPresent()) {
      String token = Wire.secret("bearerTokenFile", silence.bearerTokenFile().get(), base);
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }
}
