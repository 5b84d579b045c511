package dev.faultline.node.packet.kernel;

import dev.faultline.node.packet.rules.Bytes;
import dev.faultline.node.packet.rules.Expression;
import dev.faultline.node.packet.rules.Expression.Between;
import dev.faultline.node.packet.rules.Expression.Count;
import dev.faultline.node.packet.rules.Expression.Drop;
import dev.faultline.node.packet.rules.Expression.Go;
import dev.faultline.node.packet.rules.Expression.Group;
import dev.faultline.node.packet.rules.Expression.Hash;
import dev.faultline.node.packet.rules.Expression.In;
import dev.faultline.node.packet.rules.Expression.Is;
import dev.faultline.node.packet.rules.Expression.Mask;
import dev.faultline.node.packet.rules.Expression.Meta;
import dev.faultline.node.packet.rules.Expression.NetworkOrder;
import dev.faultline.node.packet.rules.Expression.Pass;
import dev.faultline.node.packet.rules.Expression.Payload;
import dev.faultline.node.packet.rules.Expression.Queue;
import dev.faultline.node.packet.rules.Expression.Reject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/**
 * Writes steps of rules as attributes of nf_tables. Source of all numbers: {@code
 * linux/netfilter/nf_tables.h}, {@code nf_tables_compat.h} and {@code xt_NFQUEUE.h}.
 *
 * @param queues how this kernel lets a rule name a queue
 */
record RuleWriter(Queues queues) {

  /** The ways to name a queue. */
  enum Queues {
    /** A step of nf_tables, which some kernels are built without. */
    OWN,
    /** The target NFQUEUE of iptables, within a rule of nf_tables. */
    OF_IPTABLES
  }

  private static final int ELEMENT = 1;
  private static final int NAME = 1;
  private static final int DATA = 2;
  private static final int VERDICT_REGISTER = 0;
  private static final int FIRST_REGISTER = 8;
  private static final int DROP = 0;
  private static final int ACCEPT = 1;
  private static final int GO = -4;
  private static final int BYPASS = 1;
  private static final int GROUP_OF_SOCKET = 3;
  private static final int COUNTER_OBJECT = 1;
  private static final int RESET_OF_TCP = 1;
  private static final int UNREACHABLE = 2;
  private static final int PORT = 1;
  private static final int REVISION = 3;

  void write(Attributes rule, Expression step) {
    switch (step) {
      case Meta meta -> meta(rule, meta);
      case Payload payload -> payload(rule, payload);
      case Group(int level, int to) ->
          step(
              rule,
              "socket",
              at -> at.number(1, GROUP_OF_SOCKET).number(2, register(to)).number(3, level));
      case Mask(int register, Bytes ones) -> mask(rule, register, ones);
      case Hash hash -> hash(rule, hash);
      case NetworkOrder(int register) -> networkOrder(rule, register);
      case Is is -> is(rule, is);
      case Between between -> between(rule, between);
      case In(int register, String set) ->
          step(rule, "lookup", at -> at.text(1, set).number(2, register(register)));
      case Count(String counter) ->
          step(rule, "objref", at -> at.number(1, COUNTER_OBJECT).text(2, counter));
      case Go(String chain) -> verdict(rule, at -> at.number(1, GO).text(2, chain));
      case Pass() -> verdict(rule, at -> at.number(1, ACCEPT));
      case Drop() -> verdict(rule, at -> at.number(1, DROP));
      case Reject(boolean reset) -> reject(rule, reset);
      case Queue(int number) -> queue(rule, number);
    }
  }

  private static void meta(Attributes rule, Meta meta) {
    step(rule, "meta", at -> at.number(1, register(meta.register())).number(2, number(meta.key())));
  }

  private static void payload(Attributes rule, Payload payload) {
    step(
        rule,
        "payload",
        at ->
            at.number(1, register(payload.register()))
                .number(2, payload.base() == Payload.Base.NETWORK ? 1 : 2)
                .number(3, payload.offset())
                .number(4, payload.length()));
  }

  private static void networkOrder(Attributes rule, int register) {
    step(
        rule,
        "byteorder",
        at ->
            at.number(1, register(register))
                .number(2, register(register))
                .number(3, 1)
                .number(4, Integer.BYTES)
                .number(5, Integer.BYTES));
  }

  private static void is(Attributes rule, Is is) {
    int relation = is.relation() == Is.Relation.EQUAL ? 0 : 1;
    step(
        rule,
        "cmp",
        at -> data(at.number(1, register(is.register())).number(2, relation), 3, is.value()));
  }

  private static void between(Attributes rule, Between between) {
    step(
        rule,
        "range",
        at -> {
          data(at.number(1, register(between.register())).number(2, 0), 3, between.first());
          data(at, 4, between.last());
        });
  }

  private static void reject(Attributes rule, boolean reset) {
    step(rule, "reject", at -> at.number(1, reset ? RESET_OF_TCP : UNREACHABLE).octet(2, PORT));
  }

  private static void mask(Attributes rule, int register, Bytes ones) {
    step(
        rule,
        "bitwise",
        at -> {
          at.number(1, register(register)).number(2, register(register)).number(3, ones.length());
          data(at, 4, ones);
          data(at, 5, Bytes.mask(0, ones.length()));
        });
  }

  private static void hash(Attributes rule, Hash hash) {
    step(
        rule,
        "hash",
        at ->
            at.number(1, register(hash.from()))
                .number(2, register(hash.register()))
                .number(3, hash.bytes())
                .number(4, hash.modulus())
                .number(5, hash.seed()));
  }

  private void queue(Attributes rule, int number) {
    switch (queues) {
      case OWN -> step(rule, "queue", at -> at.shorts(1, number).shorts(2, 1).shorts(3, BYPASS));
      case OF_IPTABLES ->
          step(
              rule,
              "target",
              at -> at.text(1, "NFQUEUE").number(2, REVISION).bytes(3, target(number)));
    }
  }

  private static byte[] target(int number) {
    return ByteBuffer.allocate(Long.BYTES)
        .order(ByteOrder.nativeOrder())
        .putShort((short) number)
        .putShort((short) 1)
        .putShort((short) BYPASS)
        .array();
  }

  private static void verdict(Attributes rule, Consumer<Attributes> verdict) {
    step(
        rule,
        "immediate",
        at -> at.number(1, VERDICT_REGISTER).nest(2, data -> data.nest(2, verdict)));
  }

  private static void step(Attributes rule, String name, Consumer<Attributes> parameters) {
    rule.nest(ELEMENT, step -> step.text(NAME, name).nest(DATA, parameters));
  }

  private static void data(Attributes at, int type, Bytes value) {
    at.nest(type, data -> data.bytes(1, value.array()));
  }

  private static int register(int register) {
    return FIRST_REGISTER + register;
  }

  private static int number(Meta.Key key) {
    return switch (key) {
      case MARK -> 3;
      case IIFNAME -> 6;
      case OIFNAME -> 7;
      case SKUID -> 10;
      case NFPROTO -> 15;
      case L4PROTO -> 16;
    };
  }
}
