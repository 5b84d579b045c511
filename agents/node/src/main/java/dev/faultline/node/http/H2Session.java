package dev.faultline.node.http;

import dev.faultline.node.http.frame.BrokenHttp2;
import dev.faultline.node.http.frame.ErrorCode;
import dev.faultline.node.http.frame.Frame;
import dev.faultline.node.http.frame.FrameWriter;
import dev.faultline.node.http.frame.Setting;
import dev.faultline.node.http.hpack.HpackException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A connection of HTTP/2 and the one to the server: two connections with windows and tables of
 * their own, whose streams belong to each other. One thread reads and one writes each.
 */
final class H2Session {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Session session;
  private final H2Side client;
  private final H2Side server;
  private final ReentrantLock lock = new ReentrantLock();
  private final H2Streams streams;
  private boolean serverEnded;
  private boolean ending;

  H2Session(Session session, H2Side client, H2Side server) {
    this.session = session;
    this.client = client;
    this.server = server;
    this.streams = new H2Streams(client, server, session.faults(), lock);
  }

  /** Returns when the connection is over. */
  void run() throws IOException, InterruptedException {
    Thread toServer = Thread.ofVirtual().name("http2-to-server").start(() -> write(server));
    Thread.ofVirtual().name("http2-to-client").start(() -> writeToClient());
    Thread.ofVirtual().name("http2-from-server").start(this::readFromServer);
    try {
      read(client);
      server.sendEnd();
      toServer.join(PATIENCE);
    } catch (BrokenHttp2 | HpackException wrong) {
      end(client, wrong);
      drop();
    }
  }

  private void readFromServer() {
    try {
      read(server);
      lock.lock();
      try {
        serverEnded = true;
        streams.serverEnded();
        endWhenDrained();
      } finally {
        lock.unlock();
      }
    } catch (BrokenHttp2 | HpackException wrong) {
      end(server, wrong);
    } catch (IOException broken) {
      session.reset();
    }
  }

  private void read(H2Side from) throws IOException {
    for (Optional<Frame> next = from.reader().next();
        next.isPresent();
        next = from.reader().next()) {
      client.awaitRoom();
      server.awaitRoom();
      lock.lock();
      try {
        if (from == client) {
          ofClient(next.get());
        } else {
          ofServer(next.get());
        }
        endWhenDrained();
      } finally {
        lock.unlock();
      }
    }
  }

  private void ofClient(Frame frame) throws IOException {
    switch (frame) {
      case Frame.Data data -> streams.requestBody(data);
      case Frame.Headers headers ->
          streams.requestHeaders(headers.stream(), client.decode(headers.block()), headers.last());
      case Frame.Reset reset -> streams.resetByClient(reset);
      case Frame.Settings settings -> streams.widenAll(true, client.take(settings));
      case Frame.Ping ping -> server.send(FrameWriter.ping(ping));
      case Frame.GoAway away -> server.send(FrameWriter.goAway(away));
      case Frame.Window window -> widen(client, window);
      case Frame.SettingsTaken _, Frame.Other _ -> {}
    }
  }

  private void ofServer(Frame frame) throws IOException {
    switch (frame) {
      case Frame.Data data -> streams.answerBody(data);
      case Frame.Headers headers ->
          streams.answerHeaders(headers.stream(), server.decode(headers.block()), headers.last());
      case Frame.Reset reset -> streams.resetByServer(reset);
      case Frame.Settings settings -> {
        streams.widenAll(false, server.take(settings));
        passOn(settings);
      }
      case Frame.Ping ping -> client.send(FrameWriter.ping(ping));
      case Frame.GoAway away -> streams.serverGoesAway(away);
      case Frame.Window window -> widen(server, window);
      case Frame.SettingsTaken _, Frame.Other _ -> {}
    }
  }

  private void passOn(Frame.Settings settings) {
    Long most = settings.values().get(Setting.MAX_CONCURRENT_STREAMS.number());
    if (most != null) {
      long allowed = Math.min(most, H2Streams.MOST);
      client.send(FrameWriter.settings(Map.of(Setting.MAX_CONCURRENT_STREAMS, allowed)));
    }
  }

  private void widen(H2Side side, Frame.Window window) throws BrokenHttp2 {
    if (window.stream() == 0) {
      side.widen(window.more());
      streams.pumpAll();
    } else {
      streams.widen(side == client, window);
    }
  }

  private void endWhenDrained() {
    if (serverEnded && !ending && streams.isDrained()) {
      ending = true;
      client.sendEnd();
    }
  }

  /** Tells who broke the rules, and ends both. */
  private void end(H2Side guilty, IOException wrong) {
    ErrorCode error =
        wrong instanceof BrokenHttp2 broken ? broken.error() : ErrorCode.COMPRESSION_ERROR;
    byte[] why = wrong.toString().getBytes(StandardCharsets.UTF_8);
    lock.lock();
    try {
      guilty.send(
          FrameWriter.goAway(
              new Frame.GoAway(guilty == client ? streams.lastOfClient() : 0, error.code(), why)));
      if (guilty == server) {
        int internal = ErrorCode.INTERNAL_ERROR.code();
        client.send(FrameWriter.goAway(new Frame.GoAway(streams.lastOfClient(), internal, why)));
      }
      server.sendEnd();
      client.sendEnd();
    } finally {
      lock.unlock();
    }
  }

  /** The thread that reads keeps reading for those who are to get the reason. */
  private void drop() throws IOException {
    byte[] dropped = new byte[1024];
    while (client.wire().in().read(dropped, 0, dropped.length) >= 0) {}
  }

  private void writeToClient() {
    write(client);
    try {
      session.farewell(client.wire());
    } catch (IOException gone) {
      session.reset();
    }
  }

  private void write(H2Side to) {
    try {
      to.write();
    } catch (IOException broken) {
      session.reset();
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }
}
