package dev.faultline.environment.kubernetes;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.codec.Codec;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/**
 * Lists in pages. A page says first where the next one begins: that is asked for while the objects
 * of this one are read, one by one, so that no page is ever held whole. Thread-safe.
 */
final class Pages {

  private static final int MOST_PAGES = 200;

  /** Servers write no key twice, and to look for that takes a tenth of the time. */
  private static final ObjectReader JSON =
      Codec.json()
          .reader()
          .without(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Source source;

  /** Who is asked for a page. */
  @FunctionalInterface
  interface Source {
    Reply get(String path) throws ApiTrouble;
  }

  /** Pages of a server. */
  Pages(Source source) {
    this.source = source;
  }

  /**
   * All objects.
   *
   * @param first the path of the list, with a query
   * @param kept what is kept of one
   */
  <T> List<T> all(String first, Function<JsonNode, T> kept) throws ApiTrouble {
    List<T> all = new ArrayList<>();
    Consumer<JsonNode> taken = object -> all.add(kept.apply(object));
    Optional<FutureTask<Reply>> page = Optional.of(asked(first));
    for (int pages = 0; page.isPresent(); pages++) {
      if (pages == MOST_PAGES) {
        page.get().cancel(true);
        throw new ApiTrouble(
            BlindReason.REFUSED, "%s has more than %d objects".formatted(first, all.size()));
      }
      Reply reply = answer(page.get());
      if (!reply.ok()) {
        throw reply.trouble();
      }
      page = read(reply, first, taken);
    }
    return all;
  }

  /** Hands on the objects of a page, and asks for the next one. */
  private Optional<FutureTask<Reply>> read(Reply reply, String first, Consumer<JsonNode> taken)
      throws ApiTrouble {
    try (InputStream plain = reply.content().open();
        JsonParser json = Unread.leftOut(JSON.createParser(plain))) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw Reply.torn();
      }
      Optional<FutureTask<Reply>> next = Optional.empty();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (name.equals("metadata")) {
          JsonNode metadata = JSON.readTree(json);
          next =
              Optional.of(metadata.path("continue").asString(""))
                  .filter(more -> !more.isEmpty())
                  .map(more -> asked(first + "&continue=" + Api.encoded(more)));
        } else if (name.equals("items") && value == JsonToken.START_ARRAY) {
          items(json, taken);
        } else {
          json.skipChildren();
        }
      }
      return next;
    } catch (JacksonException | IOException torn) {
      throw Reply.torn();
    }
  }

  private void items(JsonParser json, Consumer<JsonNode> taken) {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      taken.accept(JSON.readTree(json));
    }
  }

  private FutureTask<Reply> asked(String path) {
    FutureTask<Reply> page = new FutureTask<>(() -> source.get(path));
    Thread.ofVirtual().name("kubernetes-page").start(page);
    return page;
  }

  private static Reply answer(FutureTask<Reply> page) throws ApiTrouble {
    try {
      return page.get();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof ApiTrouble trouble) {
        throw trouble;
      }
      throw new IllegalStateException(failure.getCause());
    } catch (InterruptedException cut) {
      page.cancel(true);
      Thread.currentThread().interrupt();
      throw new ApiTrouble(BlindReason.TIMEOUT, "interrupted");
    }
  }
}
