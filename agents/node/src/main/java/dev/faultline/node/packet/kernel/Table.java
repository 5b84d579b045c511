package dev.faultline.node.packet.kernel;

import dev.faultline.node.packet.kernel.RuleWriter.Queues;
import dev.faultline.node.packet.rules.Chain;
import dev.faultline.node.packet.rules.Expression;
import dev.faultline.node.packet.rules.Expression.Queue;
import dev.faultline.node.packet.rules.FaultRules;
import dev.faultline.node.packet.rules.RuleSet;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table of nf_tables that the kernel has bound to our socket: nobody else can change it, and it
 * is gone when the socket is closed, as it is when this process ends in whatever way.
 *
 * <p>Its lease is a set whose elements time out. Adding an element again does not prolong its time,
 * so that it is emptied and filled in one transaction. Each change is one transaction: packets meet
 * the rules of before or those of after.
 *
 * <p>Chains with a hook stay until the table ends, without rules: when a hook goes away, whosever
 * it is, the kernel drops all packets that any queue of the namespace holds.
 */
public final class Table implements AutoCloseable {

  /** How often the kernel counted with a counter. */
  public record Counted(long packets, long bytes) {

    /** Never. */
    public static final Counted NOTHING = new Counted(0, 0);
  }

  private static final int INET = 1;
  private static final byte FOUR = 2;
  private static final byte SIX = 10;
  private static final int SUBSYSTEM = 10 << 8;
  private static final int NEW_TABLE = SUBSYSTEM;
  private static final int DELETE_TABLE = SUBSYSTEM | 2;
  private static final int NEW_CHAIN = SUBSYSTEM | 3;
  private static final int DELETE_CHAIN = SUBSYSTEM | 5;
  private static final int NEW_RULE = SUBSYSTEM | 6;
  private static final int DELETE_RULES = SUBSYSTEM | 8;
  private static final int NEW_SET = SUBSYSTEM | 9;
  private static final int NEW_ELEMENTS = SUBSYSTEM | 12;
  private static final int DELETE_ELEMENTS = SUBSYSTEM | 14;
  private static final int NEW_OBJECT = SUBSYSTEM | 18;
  private static final int GET_OBJECT = SUBSYSTEM | 19;
  private static final int DELETE_OBJECT = SUBSYSTEM | 20;
  private static final int OWNER = 2;
  private static final int TIMEOUT = 0x10;
  private static final int FAMILY_OF_IP = 2;
  private static final int COUNTER = 1;
  private static final int HOOK_IN = 1;
  private static final int HOOK_THROUGH = 2;
  private static final int HOOK_OUT = 3;

  private final NetlinkSocket socket;
  private final String name;
  private Queues queues = Queues.OWN;

  private Table(NetlinkSocket socket, String name) {
    this.socket = socket;
    this.name = name;
  }

  static Table create(Calls calls, String name, Duration lease) throws KernelException {
    Table table = new Table(NetlinkSocket.open(calls), name);
    try {
      table.create(lease);
      table.queues = table.waysToQueues();
      return table;
    } catch (KernelException failure) {
      table.close();
      throw failure;
    }
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Whether rules name queues in the way of iptables, as this kernel has no other. */
  public boolean byIptables() {
    return queues == Queues.OF_IPTABLES;
  }

  private void create(Duration lease) throws KernelException {
    Messages all = new Messages().begin();
    add(all, NEW_TABLE, new Attributes().text(1, name).number(2, OWNER));
    add(
        all,
        NEW_SET,
        new Attributes()
            .text(1, name)
            .text(2, FaultRules.LEASE)
            .number(3, TIMEOUT)
            .number(4, FAMILY_OF_IP)
            .number(5, 1)
            .number(10, 1));
    elements(all, lease);
    socket.ask("a table that ends with its owner (Linux 5.12 or newer)", all.end());
  }

  /** Prolongs the lease: from now on it lasts so long. */
  public void renew(Duration lease) throws KernelException {
    Messages all = new Messages().begin();
    add(all, DELETE_ELEMENTS, new Attributes().text(1, name).text(2, FaultRules.LEASE));
    elements(all, lease);
    socket.ask("a renewed lease", all.end());
  }

  private void elements(Messages all, Duration lease) {
    add(
        all,
        NEW_ELEMENTS,
        new Attributes()
            .text(1, name)
            .text(2, FaultRules.LEASE)
            .nest(
                3,
                list -> {
                  for (byte family : new byte[] {FOUR, SIX}) {
                    list.nest(
                        1,
                        element ->
                            element
                                .nest(1, key -> key.bytes(1, new byte[] {family}))
                                .number(4, Math.max(1, lease.toMillis())));
                  }
                }));
  }

  /**
   * Adds the rules of a fault, or changes them.
   *
   * @param before that are taken away in the same moment
   */
  public void put(Optional<RuleSet> before, RuleSet after) throws KernelException {
    Messages all = new Messages().begin();
    List<String> known = before.map(RuleSet::counters).orElse(List.of());
    before.ifPresent(rules -> clear(all, rules));
    known.stream()
        .filter(counter -> !after.counters().contains(counter))
        .forEach(counter -> counter(all, DELETE_OBJECT, counter));
    after.counters().stream()
        .filter(counter -> !known.contains(counter))
        .forEach(counter -> counter(all, NEW_OBJECT, counter));
    RuleWriter writer = new RuleWriter(queues);
    after.chains().forEach(chain -> write(all, chain, writer));
    socket.ask("rules for packets", all.end());
  }

  /** Takes the rules of a fault away. */
  public void remove(RuleSet rules) throws KernelException {
    Messages all = new Messages().begin();
    clear(all, rules);
    rules.counters().forEach(counter -> counter(all, DELETE_OBJECT, counter));
    socket.ask("the end of rules for packets", all.end());
  }

  /** Takes all away, and with the hooks what queues hold. */
  public void delete() throws KernelException {
    Messages all = new Messages().begin();
    add(all, DELETE_TABLE, new Attributes().text(1, name));
    socket.ask("the end of the table", all.end());
  }

  /** What was counted, by the names of the counters. */
  public Map<String, Counted> counters() throws KernelException {
    Messages question =
        new Messages()
            .add(
                GET_OBJECT,
                Messages.ROOT_AND_MATCH,
                INET,
                0,
                new Attributes().text(1, name).number(3, COUNTER).array());
    Map<String, Counted> counted = new HashMap<>();
    for (ByteBuffer answer : socket.list("counters", question)) {
      Values object = Values.of(answer);
      if (object.text(1).equals(name)) {
        Values data = object.nested(4);
        counted.put(object.text(2), new Counted(data.number(2), data.number(1)));
      }
    }
    return counted;
  }

  /** Tries with a rule that no packet meets, as its chain hangs nowhere. */
  private Queues waysToQueues() throws KernelException {
    Chain probe = new Chain("probe", Optional.empty(), List.of(List.of(new Queue(0))));
    RuleSet rules = new RuleSet(List.of(probe), List.of());
    try {
      put(Optional.empty(), rules);
    } catch (KernelException lacking) {
      queues = Queues.OF_IPTABLES;
      put(Optional.empty(), rules);
    }
    remove(rules);
    return queues;
  }

  private void clear(Messages all, RuleSet rules) {
    for (Chain chain : rules.chains().reversed()) {
      if (chain.hook().isPresent()) {
        add(all, DELETE_RULES, new Attributes().text(1, name).text(2, chain.name()));
      } else {
        add(all, DELETE_CHAIN, new Attributes().text(1, name).text(3, chain.name()));
      }
    }
  }

  private void counter(Messages all, int type, String counter) {
    Attributes object = new Attributes().text(1, name).text(2, counter).number(3, COUNTER);
    add(all, type, type == NEW_OBJECT ? object.nest(4, _ -> {}) : object);
  }

  private void write(Messages all, Chain chain, RuleWriter writer) {
    Attributes head = new Attributes().text(1, name).text(3, chain.name());
    chain
        .hook()
        .ifPresent(
            hook ->
                head.nest(4, at -> at.number(1, number(hook.where())).number(2, hook.priority()))
                    .text(7, "filter"));
    add(all, NEW_CHAIN, head);
    for (List<Expression> steps : chain.rules()) {
      Attributes rule = new Attributes().text(1, name).text(2, chain.name());
      rule.nest(4, list -> steps.forEach(step -> writer.write(list, step)));
      add(all, NEW_RULE, rule);
    }
  }

  private static int number(Chain.Where where) {
    return switch (where) {
      case IN -> HOOK_IN;
      case THROUGH -> HOOK_THROUGH;
      case OUT -> HOOK_OUT;
    };
  }

  private static void add(Messages all, int type, Attributes attributes) {
    int flags =
        switch (type) {
          case NEW_RULE -> Messages.CREATE | Messages.APPEND;
          case DELETE_TABLE, DELETE_CHAIN, DELETE_RULES, DELETE_ELEMENTS, DELETE_OBJECT -> 0;
          default -> Messages.CREATE;
        };
    all.add(type, Messages.ACKNOWLEDGE | flags, INET, 0, attributes.array());
  }

  @Override
  public void close() {
    socket.close();
  }
}
