package dev.faultline.node.http;

import dev.faultline.node.http.message.Field;
import dev.faultline.node.http.message.Fields;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One exchange of HTTP/2. The session is locked by all who call. */
final class H2Stream {

  /** What is done with the bytes that the server sends. */
  enum Mode {
    BEFORE_ANSWER,
    PASS,
    COLLECT,
    DROP
  }

  private final int onClient;
  private final boolean isHead;
  private final Treatment treatment;
  private final Lane up;
  private final Lane down;
  private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
  private Fields answer = Fields.NONE;
  private Mode mode = Mode.BEFORE_ANSWER;
  private int onServer;
  private OptionalInt resetAfter = OptionalInt.empty();
  private boolean dropsRequest;
  private boolean over;

  H2Stream(int onClient, boolean isHead, Treatment treatment, H2Side client, H2Side server) {
    this.onClient = onClient;
    this.isHead = isHead;
    this.treatment = treatment;
    this.up = new Lane(server.initialWindow());
    this.down = new Lane(client.initialWindow());
  }

  Treatment treatment() {
    return treatment;
  }

  Lane up() {
    return up;
  }

  Lane down() {
    return down;
  }

  int onClient() {
    return onClient;
  }

  /** Its number at the server; 0 before the server has heard of it. */
  int onServer() {
    return onServer;
  }

  void startAtServer(int number) {
    onServer = number;
  }

  /** The relay answers: what the client sends is of no use any more. */
  void dropRequest() {
    dropsRequest = true;
  }

  boolean dropsRequest() {
    return dropsRequest;
  }

  void answerItself(OwnAnswer own) {
    mode = Mode.DROP;
    boolean bodiless = isHead || own.body().length == 0;
    List<Field> fields = new ArrayList<>();
    fields.add(new Field(":status", String.valueOf(own.status())));
    fields.addAll(own.fields().all());
    down.add(new Fields(fields), bodiless);
    if (!bodiless) {
      down.add(own.body(), false, true);
    }
  }

  /** Takes headers of the server: of the answer, of one before it, or what follows the body. */
  void answer(Fields fields, boolean last) {
    switch (mode) {
      case BEFORE_ANSWER -> {
        if (fields.first(":status").orElse("").startsWith("1")) {
          down.add(fields, last);
        } else {
          begin(fields, last);
        }
      }
      case PASS -> down.add(fields, last);
      case COLLECT -> finish(Optional.of(fields));
      case DROP -> {}
    }
  }

  private void begin(Fields fields, boolean last) {
    answer = fields;
    switch (treatment.plan(fields, !last && !isHead)) {
      case BodyPlan.Pass _ -> {
        mode = Mode.PASS;
        down.add(treatment.fields(fields), last);
      }
      case BodyPlan.Replace _ -> {
        mode = Mode.DROP;
        treatment.body(fields, Optional.empty()).ifPresent(this::replace);
      }
      case BodyPlan.Collect _ -> mode = Mode.COLLECT;
    }
  }

  private void replace(NewBody body) {
    down.add(treatment.fields(body.fields()), body.bytes().length == 0);
    if (body.bytes().length > 0) {
      down.add(body.bytes(), false, true);
    }
  }

  /** Takes bytes of the server. Returns whether they wait to be passed on. */
  boolean body(byte[] bytes, boolean last) {
    boolean waits = mode == Mode.PASS;
    switch (mode) {
      case BEFORE_ANSWER, DROP -> {}
      case PASS -> down.add(bytes, true, last);
      case COLLECT -> collect(bytes, last);
    }
    return waits;
  }

  private void collect(byte[] bytes, boolean last) {
    collected.writeBytes(bytes);
    if (collected.size() > BodyPlan.Collect.MOST) {
      finish(treatment.body(answer, Optional.empty()), Optional.empty(), last);
    } else if (last) {
      finish(Optional.empty());
    }
  }

  private void finish(Optional<Fields> trailers) {
    finish(treatment.body(answer, Optional.of(collected.toByteArray())), trailers, true);
  }

  private void finish(Optional<NewBody> changed, Optional<Fields> trailers, boolean whole) {
    if (changed.isPresent()) {
      mode = Mode.DROP;
      replace(changed.get());
      return;
    }
    mode = Mode.PASS;
    down.add(treatment.fields(answer), false);
    down.add(collected.toByteArray(), false, whole && trailers.isEmpty());
    collected.reset();
    trailers.ifPresent(fields -> down.add(fields, true));
  }

  /** Whether the client gets something else than the server sends. */
  boolean isReplaced() {
    return mode == Mode.DROP;
  }

  /** To be reset once the answer was passed on. */
  void resetAfter(int error) {
    resetAfter = OptionalInt.of(error);
  }

  OptionalInt resetAfter() {
    return resetAfter;
  }

  void finishAll() {
    over = true;
  }

  boolean isOver() {
    return over;
  }
}
