package dev.faultline.node.http;

import dev.faultline.node.http.frame.BrokenHttp2;
import dev.faultline.node.http.frame.ErrorCode;
import dev.faultline.node.http.frame.Frame;
import dev.faultline.node.http.frame.FrameWriter;
import dev.faultline.node.http.message.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The exchanges of one connection of HTTP/2. Their numbers at the server are its own, in the order
 * in which they are passed on: one that is delayed comes later. Called with the lock held.
 */
final class H2Streams {

  /** How many streams a client may have open, when the server allows as many. */
  static final int MOST = 10_000;

  private final H2Side client;
  private final H2Side server;
  private final FaultBoard faults;
  private final ReentrantLock lock;
  private final Map<Integer, H2Stream> byClient = new LinkedHashMap<>();
  private final Map<Integer, H2Stream> byServer = new LinkedHashMap<>();
  private int lastOfClient;
  private int nextOfServer = 1;
  private boolean closing;

  H2Streams(H2Side client, H2Side server, FaultBoard faults, ReentrantLock lock) {
    this.client = client;
    this.server = server;
    this.faults = faults;
    this.lock = lock;
  }

  int lastOfClient() {
    return lastOfClient;
  }

  void requestHeaders(int number, Fields fields, boolean last) throws BrokenHttp2 {
    H2Stream known = byClient.get(number);
    if (known != null) {
      trailers(known, fields, last);
      return;
    }
    if (number % 2 == 0) {
      throw new BrokenHttp2(ErrorCode.PROTOCOL_ERROR, "an even number of a client's stream");
    }
    if (number <= lastOfClient) {
      // It ended a moment ago, and its trailers came late.
      return;
    }
    lastOfClient = number;
    if (closing || byClient.size() >= MOST) {
      client.send(FrameWriter.reset(number, ErrorCode.REFUSED_STREAM.code()));
    } else if (!H2Request.isSound(fields)) {
      client.send(FrameWriter.reset(number, ErrorCode.PROTOCOL_ERROR.code()));
    } else {
      open(number, fields, last);
    }
  }

  private void trailers(H2Stream stream, Fields fields, boolean last) throws BrokenHttp2 {
    if (!last || stream.up().hasEnded()) {
      throw new BrokenHttp2(ErrorCode.PROTOCOL_ERROR, "headers in the middle of a request");
    }
    stream.up().end();
    if (!stream.dropsRequest()) {
      stream.up().add(fields, true);
      pump(stream);
    }
  }

  private void open(int number, Fields fields, boolean last) {
    Request request = H2Request.of(fields);
    Treatment treatment = faults.treat(request);
    H2Stream stream =
        new H2Stream(number, request.method().equals("HEAD"), treatment, client, server);
    byClient.put(number, stream);
    stream.up().add(fields, last);
    if (last) {
      stream.up().end();
    }
    if (!treatment.delays()) {
      start(stream);
      return;
    }
    stream.up().hold();
    Thread.ofVirtual().name("http-delay").start(() -> startLater(stream));
  }

  private void startLater(H2Stream stream) {
    stream.treatment().delay();
    lock.lock();
    try {
      if (!stream.isOver()) {
        stream.up().release();
        start(stream);
      }
    } finally {
      lock.unlock();
    }
  }

  private void start(H2Stream stream) {
    Optional<OwnAnswer> own = stream.treatment().answer(true);
    own.ifPresent(
        answer -> {
          dropRequest(stream);
          stream.answerItself(answer);
        });
    pump(stream);
  }

  private void dropRequest(H2Stream stream) {
    stream.dropRequest();
    takenFromClient(stream, stream.up().clear());
  }

  void answerHeaders(int number, Fields fields, boolean last) {
    H2Stream stream = byServer.get(number);
    if (stream != null) {
      stream.answer(fields, last);
      answered(stream, last);
    }
  }

  private void answered(H2Stream stream, boolean last) {
    if (last) {
      stream.down().end();
    }
    pump(stream);
  }

  void requestBody(Frame.Data data) throws BrokenHttp2 {
    client.received(data.flow());
    H2Stream stream = byClient.get(data.stream());
    if (stream == null || stream.up().hasEnded()) {
      client.taken(data.flow());
      return;
    }
    stream.up().received(data.flow());
    if (data.last()) {
      stream.up().end();
    }
    if (stream.dropsRequest()) {
      takenFromClient(stream, data.flow());
    } else {
      takenFromClient(stream, data.flow() - data.bytes().length);
      stream.up().add(data.bytes(), true, data.last());
    }
    pump(stream);
  }

  void answerBody(Frame.Data data) throws BrokenHttp2 {
    server.received(data.flow());
    H2Stream stream = byServer.get(data.stream());
    if (stream == null || stream.down().hasEnded()) {
      server.taken(data.flow());
      return;
    }
    stream.down().received(data.flow());
    boolean waits = stream.body(data.bytes(), data.last());
    takenFromServer(stream, waits ? data.flow() - data.bytes().length : data.flow());
    answered(stream, data.last());
  }

  private void takenFromClient(H2Stream stream, int flow) {
    client.taken(flow);
    int more = stream.up().taken(flow);
    if (more > 0 && !stream.isOver()) {
      client.send(FrameWriter.window(stream.onClient(), more));
    }
  }

  private void takenFromServer(H2Stream stream, int flow) {
    server.taken(flow);
    int more = stream.down().taken(flow);
    if (more > 0 && !stream.isOver()) {
      server.send(FrameWriter.window(stream.onServer(), more));
    }
  }

  void resetByClient(Frame.Reset reset) {
    H2Stream stream = byClient.get(reset.stream());
    if (stream != null) {
      remove(stream);
      if (stream.onServer() > 0) {
        server.send(FrameWriter.reset(stream.onServer(), reset.error()));
      }
    }
  }

  void resetByServer(Frame.Reset reset) {
    H2Stream stream = byServer.get(reset.stream());
    if (stream == null) {
      return;
    }
    dropRequest(stream);
    stream.resetAfter(reset.error());
    // An answer that is complete, or the relay's own, is not lost with the end of the request.
    if (stream.down().hasEnded() || stream.isReplaced()) {
      pump(stream);
    } else {
      remove(stream);
      client.send(FrameWriter.reset(stream.onClient(), reset.error()));
    }
  }

  void widen(boolean ofClient, Frame.Window window) throws BrokenHttp2 {
    H2Stream stream = (ofClient ? byClient : byServer).get(window.stream());
    if (stream != null) {
      (ofClient ? stream.down() : stream.up()).widen(window.more());
      pump(stream);
    }
  }

  /** All windows towards one side have changed. */
  void widenAll(boolean ofClient, int more) throws BrokenHttp2 {
    for (H2Stream stream : byClient.values()) {
      (ofClient ? stream.down() : stream.up()).widen(more);
    }
    pumpAll();
  }

  void pumpAll() {
    List.copyOf(byClient.values()).forEach(this::pump);
  }

  private void pump(H2Stream stream) {
    if (stream.isOver()) {
      return;
    }
    if (!stream.dropsRequest() && !stream.up().isEmpty()) {
      pumpUp(stream);
    }
    stream
        .down()
        .pump(client, stream.onClient(), flow -> locked(() -> takenFromServer(stream, flow)));
    removeWhenDone(stream);
  }

  private void pumpUp(H2Stream stream) {
    if (stream.onServer() == 0 && !stream.up().isHeld()) {
      stream.startAtServer(nextOfServer);
      nextOfServer += 2;
      byServer.put(stream.onServer(), stream);
    }
    stream
        .up()
        .pump(server, stream.onServer(), flow -> locked(() -> takenFromClient(stream, flow)));
  }

  private void locked(Runnable work) {
    lock.lock();
    try {
      work.run();
    } finally {
      lock.unlock();
    }
  }

  private void removeWhenDone(H2Stream stream) {
    if (!stream.down().isDone()) {
      return;
    }
    boolean requestOver = stream.up().hasEnded() && (stream.up().isDone() || stream.dropsRequest());
    boolean serverOver =
        stream.onServer() == 0 || stream.down().hasEnded() || stream.resetAfter().isPresent();
    if (requestOver && serverOver) {
      remove(stream);
    } else if (stream.dropsRequest() && serverOver) {
      remove(stream);
      int error = stream.resetAfter().orElse(ErrorCode.NO_ERROR.code());
      client.send(FrameWriter.reset(stream.onClient(), error));
    }
  }

  private void remove(H2Stream stream) {
    stream.finishAll();
    byClient.remove(stream.onClient());
    byServer.remove(stream.onServer());
    client.taken(stream.up().clear());
    server.taken(stream.down().clear());
  }

  /** The server takes no more streams; those that it will not see to are refused. */
  void serverGoesAway(Frame.GoAway away) {
    if (away.last() == Integer.MAX_VALUE) {
      client.send(FrameWriter.goAway(away));
      return;
    }
    closing = true;
    client.send(FrameWriter.goAway(new Frame.GoAway(lastOfClient, away.error(), away.debug())));
    for (H2Stream stream : new ArrayList<>(byClient.values())) {
      if (stream.onServer() > away.last() || (stream.onServer() == 0 && !stream.dropsRequest())) {
        remove(stream);
        client.send(FrameWriter.reset(stream.onClient(), ErrorCode.REFUSED_STREAM.code()));
      }
    }
  }

  /** The server has ended: no more streams, and of those that are open only what is here. */
  void serverEnded() {
    closing = true;
  }

  /** Whether all that the server has sent was passed on. */
  boolean isDrained() {
    return byClient.values().stream().allMatch(stream -> stream.down().isEmpty());
  }
}
