package dev.faultline.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.faultline.serve.door.Asked;
import dev.faultline.serve.door.Decision;
import dev.faultline.serve.door.Guard;
import dev.faultline.serve.door.Safety;
import dev.faultline.serve.live.Feeds;
import dev.faultline.serve.page.Assets;
import dev.faultline.serve.page.MessagePage;
import dev.faultline.serve.page.Pages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes each request: asks the guard, then the library, and answers. */
final class Desk implements HttpHandler {

  private static final int LONGEST_FORM = 4096;
  private static final int AT_ONCE = 4;
  private static final int PATIENCE = 15;

  private final Guard guard;
  private final Library library;
  private final Pages pages;
  private final Feeds feeds;
  private final InstantSource clock;
  private final Consumer<String> trouble;
  private final Semaphore work = new Semaphore(AT_ONCE);

  /** What a desk needs. */
  record Means(Guard guard, Library library, Pages pages, Feeds feeds, InstantSource clock) {}

  Desk(Means means, Consumer<String> trouble) {
    this.guard = means.guard();
    this.library = means.library();
    this.pages = means.pages();
    this.feeds = means.feeds();
    this.clock = means.clock();
    this.trouble = trouble;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Asked asked = asked(exchange);
      switch (answer(exchange, asked)) {
        case Answer.Whole whole -> send(exchange, asked, whole);
        case Answer.Live live -> stream(exchange, asked, live);
      }
    }
  }

  private static Asked asked(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    return new Asked(
        exchange.getRequestMethod(),
        Optional.ofNullable(exchange.getRequestURI().getPath()).orElse(""),
        header(headers, "Host"),
        header(headers, "Authorization"),
        String.join("; ", headers.getOrDefault("Cookie", List.of())),
        header(headers, "Sec-Fetch-Site"),
        header(headers, "Sec-Fetch-Mode"));
  }

  private static String header(Headers headers, String name) {
    return Optional.ofNullable(headers.getFirst(name)).orElse("");
  }

  private Answer answer(HttpExchange exchange, Asked asked) throws IOException {
    Map<String, String> query;
    try {
      query = Query.of(exchange.getRequestURI().getRawQuery());
    } catch (IllegalArgumentException noQuery) {
      return message(400, "This address cannot be read.");
    }
    return switch (guard.decide(asked, clock.instant())) {
      case Decision.Refused refused -> message(refused.status(), refused.words());
      case Decision.SignIn _ -> form(401, asked.path(), exchange.getRequestURI().getRawQuery(), "");
      case Decision.Presented _ -> presented(exchange);
      case Decision.Enter _ -> entered(asked, query);
    };
  }

  private Answer entered(Asked asked, Map<String, String> query) {
    if (asked.path().startsWith(Guard.ASSETS)) {
      return Assets.at(asked.path()).map(Desk::asset).orElseGet(this::nothing);
    }
    if (asked.path().equals(Guard.SIGN_IN)) {
      return message(200, "You are signed in.");
    }
    try {
      if (!work.tryAcquire(PATIENCE, TimeUnit.SECONDS)) {
        return busy();
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return busy();
    }
    try {
      return asked.path().startsWith("/")
          ? library.at(asked.path(), query).orElseGet(this::nothing)
          : nothing();
    } catch (RuntimeException | StackOverflowError broken) {
      trouble.accept("a page could not be made: " + broken);
      return message(500, "This page could not be made; what serves it has said why.");
    } finally {
      work.release();
    }
  }

  private static Answer asset(Assets asset) {
    return new Answer.Whole(200, asset.type(), asset.content(), Safety.PAGES, Map.of())
        .with("Cache-Control", "public, max-age=31536000, immutable");
  }

  private Answer nothing() {
    return message(404, "There is nothing at this address.");
  }

  private Answer busy() {
    return message(503, "Too much is asked for at once; try again in a moment.")
        .with("Retry-After", "5");
  }

  private Answer.Whole message(int status, String words) {
    return Answer.Whole.page(
        status,
        pages.page(
            MessagePage.of(status, words), Optional.empty(), Optional.empty(), clock.instant()));
  }

  private Answer form(int status, String path, @Nullable String query, String wrong) {
    String next = MessagePage.next(query == null ? path : path + "?" + query);
    return Answer.Whole.page(
            status,
            pages.page(
                MessagePage.signIn(next, wrong),
                Optional.empty(),
                Optional.empty(),
                clock.instant()))
        .with("WWW-Authenticate", "Bearer realm=\"faultline\"");
  }

  private Answer presented(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LONGEST_FORM + 1);
    if (body.length > LONGEST_FORM) {
      return message(413, "A token is not that long.");
    }
    Map<String, String> form;
    try {
      form = Query.of(new String(body, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException noForm) {
      return message(400, "This is not what the form sends.");
    }
    String next = MessagePage.next(form.getOrDefault("next", "/"));
    return guard
        .cookie(form.getOrDefault("token", ""), clock.instant())
        .<Answer>map(
            cookie ->
                new Answer.Whole(
                    303,
                    "text/plain",
                    "",
                    Safety.PAGES,
                    Map.of("Set-Cookie", cookie, "Location", next)))
        .orElseGet(() -> form(403, next, null, "That is not the token."));
  }

  private void send(HttpExchange exchange, Asked asked, Answer.Whole whole) throws IOException {
    byte[] body = whole.body().getBytes(StandardCharsets.UTF_8);
    Headers headers = exchange.getResponseHeaders();
    Safety.headers(whole.policy()).forEach(headers::set);
    headers.set("Content-Type", whole.type());
    whole.headers().forEach(headers::set);
    if (asked.isHead()) {
      headers.set("Content-Length", Integer.toString(body.length));
    }
    boolean empty = asked.isHead() || body.length == 0;
    exchange.sendResponseHeaders(whole.status(), empty ? -1 : body.length);
    if (!empty) {
      exchange.getResponseBody().write(body);
    }
  }

  private void stream(HttpExchange exchange, Asked asked, Answer.Live live) throws IOException {
    if (asked.isHead()) {
      send(exchange, asked, message(405, "A stream has no head of its own."));
      return;
    }
    if (!feeds.enter()) {
      send(
          exchange,
          asked,
          message(503, "%d pages are open that change by themselves.".formatted(Feeds.MOST))
              .with("Retry-After", "10"));
      return;
    }
    Headers headers = exchange.getResponseHeaders();
    Safety.headers(Safety.PAGES).forEach(headers::set);
    headers.set("Content-Type", "text/event-stream; charset=utf-8");
    // A proxy that collects what passes would make it late.
    headers.set("X-Accel-Buffering", "no");
    exchange.sendResponseHeaders(200, 0);
    feeds.watch(
        live.page(),
        live.source(),
        header(exchange.getRequestHeaders(), "Last-Event-ID"),
        exchange.getResponseBody());
  }
}
