package dev.faultline.environment.notice;

import dev.faultline.model.notice.Annotation;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.Request;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Marks a game day in Grafana (its HTTP API for annotations): a mark where it begins, which becomes
 * a region where it ends. The mark is found by its tags and text, so that whoever ends the game day
 * can end it.
 */
record AnnotationTeller(Wire wire, Annotation annotation, Path base) implements Teller {

  private static final String PATH = "api/annotations";

  @Override
  public void tell(News news) throws Untold {
    switch (news.moment()) {
      case START -> begin(news);
      case END -> end(news);
      case BEFORE, HALT -> {}
    }
  }

  private void begin(News news) throws Untold {
    if (mark(news).isEmpty()) {
      var _ =
          wire.send(asking(Wire.below(annotation.url(), PATH)).post(Wire.body(json(news))).build());
    }
  }

  private void end(News news) throws Untold {
    Optional<JsonNode> mark = mark(news);
    if (mark.isEmpty()) {
      throw Untold.ever("Grafana has no mark of its begin");
    }
    HttpUrl one =
        Wire.below(annotation.url(), PATH)
            .newBuilder()
            .addPathSegment(Long.toString(mark.get().path("id").asLong()))
            .build();
    ObjectNode change =
        Wire.JSON
            .createObjectNode()
            .put("timeEnd", news.at().toEpochMilli())
            .put("text", "%s: %s".formatted(news.occasion(), news.words()));
    var _ = wire.send(asking(one).patch(Wire.body(change)).build());
  }

  /** The one that begins with the words of this occasion. */
  private Optional<JsonNode> mark(News news) throws Untold {
    HttpUrl.Builder query =
        Wire.below(annotation.url(), PATH)
            .newBuilder()
            .addQueryParameter("type", "annotation")
            .addQueryParameter("from", Long.toString(news.planned().toEpochMilli()))
            .addQueryParameter("to", Long.toString(news.at().plusSeconds(1).toEpochMilli()));
    tags(news).forEach(tag -> query.addQueryParameter("tags", tag));
    for (JsonNode one : wire.send(asking(query.build()).build())) {
      if (one.path("text").asString("").startsWith(news.occasion())) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  private ObjectNode json(News news) {
    ObjectNode json =
        Wire.JSON
            .createObjectNode()
            .put("time", news.at().toEpochMilli())
            .put("text", news.occasion());
    annotation.dashboard().ifPresent(uid -> json.put("dashboardUID", uid));
    var tags = json.putArray("tags");
    tags(news).forEach(tags::add);
    return json;
  }

  private List<String> tags(News news) {
    return Stream.concat(Stream.of("faultline", news.gameDay()), annotation.tags().stream())
        .distinct()
        .toList();
  }

  private Request.Builder asking(HttpUrl url) throws Untold {
    return new Request.Builder()
        .url(url)
        .header(
            "Authorization", "Bearer " + Wire.secret("tokenFile", annotation.tokenFile(), base));
  }
}
