package dev.faultline.model.fault;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.world.Direction;
import dev.faultline.model.world.Disturbance;
import dev.faultline.model.world.PortName;
import dev.faultline.model.world.Traffic;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Answers of DNS are others, late, or never come. Those by UDP are met, also where they say that
 * TCP be used; what is asked by TCP, TLS or HTTPS from the start is left alone.
 *
 * @param names of which names, where {@code *} stands for any characters, such as {@code
 *     *.shop.internal}; all when absent
 * @param answer what is answered instead: {@code nxdomain} (there is no such name), {@code
 *     servfail} (the server failed), {@code refused}, or {@code none}: nothing comes
 * @param addresses instead of that, which addresses are answered, at most 8 of IPv4 and IPv6;
 *     questions for other records stay as they are
 * @param delay how much later the answer comes
 */
public record Dns(
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> names,
    Optional<Answer> answer,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> addresses,
    Optional<Duration> delay)
    implements NetworkFault {

  private static final int MOST_NAMES = 64;
  private static final int MOST_ADDRESSES = 8;
  private static final String PORT = "53";

  /** What is answered. */
  public enum Answer {
    /** There is no such name. */
    NXDOMAIN,
    /** The server failed. */
    SERVFAIL,
    /** The server does not want to answer. */
    REFUSED,
    /** Nothing. */
    NONE
  }

  /** Refuses a fault that does nothing, and answers that exclude each other. */
  public Dns {
    names = List.copyOf(names);
    addresses = List.copyOf(addresses);
    if (answer.isEmpty() && addresses.isEmpty() && delay.isEmpty()) {
      throw new InvalidValue(
          "this would do nothing; add answer, addresses or delay, such as 'answer: servfail'");
    }
    if (answer.isPresent() && !addresses.isEmpty()) {
      throw new InvalidValue("addresses", "'answer' is the whole answer; remove this, or 'answer'");
    }
    if (answer.equals(Optional.of(Answer.NONE)) && delay.isPresent()) {
      throw new InvalidValue("delay", "what never comes is not late; remove this, or 'answer'");
    }
    delay.ifPresent(time -> Parameters.positive("delay", time));
    atMost("names", names, MOST_NAMES);
    atMost("addresses", addresses, MOST_ADDRESSES);
    for (int i = 0; i < names.size(); i++) {
      if (!names.get(i).matches("[A-Za-z0-9_*.-]{1,253}")) {
        throw new InvalidValue(
            "names/" + i,
            "'%s' is no name of DNS, nor one with '*' for any characters".formatted(names.get(i)));
      }
    }
    for (int i = 0; i < addresses.size(); i++) {
      if (!Parameters.isAddress(addresses.get(i))) {
        throw new InvalidValue(
            "addresses/" + i,
            "'%s' is no address, such as 10.0.0.9 or 2001:db8::9".formatted(addresses.get(i)));
      }
    }
  }

  private static void atMost(String key, List<String> values, int most) {
    if (values.size() > most) {
      throw new InvalidValue(key, "at most %d %s can stand here".formatted(most, key));
    }
  }

  @Override
  public Disturbance disturbance() {
    return new dev.faultline.model.world.Dns(
        names.isEmpty() ? List.of("*") : names,
        answer.map(Enum::name).map(dev.faultline.model.world.Dns.Instead::valueOf),
        addresses,
        delay.orElse(Duration.ZERO));
  }

  @Override
  public Set<Medium> media() {
    return EnumSet.of(Medium.PACKETS);
  }

  @Override
  public String words(Traffic traffic) {
    return words()
        + (traffic.direction().equals(Optional.of(Direction.OUT)) ? " by servers there" : "")
        + traffic.packetWords()
        + disturbance().shareWords(traffic.share());
  }

  /** The answers that processes of the place get. */
  @Override
  public Direction usual() {
    return Direction.IN;
  }

  @Override
  public boolean narrow() {
    return !names.isEmpty() && names.stream().noneMatch(name -> name.matches("\\*+"));
  }

  /** Answers come from the port of DNS, unless the file names another. */
  @Override
  public Traffic aimed(Traffic traffic) {
    if (traffic.protocol().filter(other -> other != Traffic.Protocol.UDP).isPresent()) {
      throw new FaultRefused("'dns' disturbs answers by UDP; remove 'protocol'");
    }
    Direction direction = traffic.direction().orElse(usual());
    if (direction == Direction.BOTH) {
      throw new FaultRefused(
          "'dns' disturbs answers: 'direction: in' those that the target gets, 'out' those that it"
              + " gives as a server");
    }
    Optional<PortName> port = Optional.of(new PortName(PORT));
    return new Traffic(
        direction == Direction.OUT ? traffic.port().or(() -> port) : traffic.port(),
        direction == Direction.IN ? traffic.peerPort().or(() -> port) : traffic.peerPort(),
        Optional.of(Traffic.Protocol.UDP),
        traffic.peers(),
        traffic.device(),
        traffic.user(),
        traffic.cgroup(),
        traffic.direction(),
        traffic.percent(),
        traffic.percentOf());
  }
}
