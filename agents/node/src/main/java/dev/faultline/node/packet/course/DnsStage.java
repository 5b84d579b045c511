package dev.faultline.node.packet.course;

import dev.faultline.node.Glob;
import dev.faultline.node.packet.DnsReply;
import dev.faultline.node.packet.PacketEffect.Dns;
import java.util.List;
import java.util.Optional;

/** Answers of DNS that are meant are others, late, or lost. */
final class DnsStage implements Stage {

  private final DnsReply reply;
  private final long delay;
  private final List<Glob> names;

  DnsStage(Dns dns) {
    this.reply = dns.reply();
    this.delay = dns.delay().toNanos();
    this.names = dns.names().stream().map(Glob::new).toList();
  }

  @Override
  public void meet(Fate fate, int length) {
    Optional<DnsAnswer> answer = DnsAnswer.in(fate.contents()).filter(this::isMeant);
    if (answer.isEmpty()) {
      return;
    }
    fate.name();
    fate.leave(fate.leaves() + delay);
    switch (reply) {
      case DnsReply.Same() -> {}
      case DnsReply.None() -> fate.lose();
      case DnsReply.Failure(DnsReply.Code code) -> fate.replace(answer.get().failed(code.number()));
      case DnsReply.Addresses(var addresses) -> fate.replace(answer.get().with(addresses));
    }
  }

  private boolean isMeant(DnsAnswer answer) {
    return (answer.isOfAddresses() || !(reply instanceof DnsReply.Addresses))
        && names.stream().anyMatch(name -> name.matches(answer.name()));
  }
}
