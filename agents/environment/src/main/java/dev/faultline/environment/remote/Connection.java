package dev.faultline.environment.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.faultline.model.codec.Codec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.core.JacksonException;

/**
 * Requests to the program on a host, and its replies. Several may be under way; none waits for the
 * pipe, which may be full when the host has stopped to read. Thread-safe.
 */
final class Connection implements AutoCloseable {

  private static final int MOST_WAITING = 1_000;

  private final Channel channel;
  private final BlockingQueue<Optional<String>> outgoing = new ArrayBlockingQueue<>(MOST_WAITING);
  // Empty when the connection is lost.
  private final Map<Long, CompletableFuture<Optional<Reply>>> pending = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();
  private final CompletableFuture<String> lost = new CompletableFuture<>();

  /** Speaks over a channel whose program waits for its first request. */
  Connection(Channel channel) {
    this.channel = channel;
    Thread.ofVirtual().name("to host").start(this::write);
    Thread.ofVirtual().name("from host").start(this::read);
  }

  /** Why it is lost; empty while it is not. */
  Optional<String> lost() {
    return lost.isDone() ? Optional.of(lost.join()) : Optional.empty();
  }

  /**
   * Puts a request and waits for its reply.
   *
   * @throws LostConnection when there is none in time, which does not end the connection, or when
   *     that is lost, or the waiting is interrupted
   */
  Reply call(Request request, Duration timeout) throws LostConnection {
    long id = ids.incrementAndGet();
    CompletableFuture<Optional<Reply>> reply = new CompletableFuture<>();
    pending.put(id, reply);
    try {
      String line = Codec.json().writeValueAsString(new Request.Call(id, request)) + "\n";
      if (lost.isDone()) {
        throw new LostConnection(lost.join());
      }
      if (!outgoing.offer(Optional.of(line))) {
        throw new LostConnection("too much waits to be sent");
      }
      return reply
          .get(timeout.toMillis(), TimeUnit.MILLISECONDS)
          .orElseThrow(() -> new LostConnection(lost.join()));
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("a reply never fails", impossible);
    } catch (TimeoutException late) {
      throw new LostConnection("no reply within %d ms".formatted(timeout.toMillis()), late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new LostConnection("interrupted", interrupted);
    } finally {
      pending.remove(id);
    }
  }

  private void write() {
    try (OutputStream to = channel.to()) {
      for (Optional<String> line = outgoing.take(); line.isPresent(); line = outgoing.take()) {
        to.write(line.get().getBytes(UTF_8));
        to.flush();
      }
    } catch (IOException broken) {
      // It no longer listens, so it is about to end. Killed, it could not say why.
      channel.awaitEnd();
    } catch (InterruptedException never) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    try (BufferedReader from = channel.from()) {
      for (String line = from.readLine(); line != null; line = from.readLine()) {
        Reply.Return back = Codec.whole(Reply.Return.class).readValue(line);
        Optional.ofNullable(pending.get(back.id()))
            .ifPresent(one -> one.complete(Optional.of(back.reply())));
      }
      lose("the connection has ended" + channel.complaint());
    } catch (IOException broken) {
      lose("the connection broke" + channel.complaint());
    } catch (JacksonException foreign) {
      lose("it does not speak as Faultline does: " + foreign.getOriginalMessage());
      channel.close();
    }
  }

  private void lose(String why) {
    lost.complete(why);
    pending.values().forEach(reply -> reply.complete(Optional.empty()));
  }

  /**
   * Ends the input of the program there, which then ends everything, and waits for that a while.
   */
  @Override
  public void close() {
    if (!outgoing.offer(Optional.empty())) {
      channel.close();
    }
    channel.awaitEnd();
  }
}
