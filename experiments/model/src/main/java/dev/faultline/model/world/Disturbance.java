package dev.faultline.model.world;

import java.time.Duration;
import java.util.List;

/** What is done to traffic: by a relay on a link, or to the packets of a place. */
public sealed interface Disturbance {

  /** What is asked for, in words such as {@code latency 300ms}. */
  String words();

  /** Whether what the relay measured shows that the traffic met what was asked for. */
  boolean shownBy(LinkReading reading);

  /** What the relay measured, in words, where anything was hit. */
  String measured(LinkReading reading);

  /** What is counted: connections, unless it speaks of exchanges or packets. */
  default String thing() {
    return "connection";
  }

  /** Which share of the things is meant, to be put behind what is done; nothing for all. */
  default String shareWords(double share) {
    return share >= 1 ? "" : ", for %s of the %ss".formatted(Spelled.share(share), thing());
  }

  /** What the relay says, in words, whether it shows anything or not. */
  default String told(LinkReading reading) {
    String state = reading.inForce() ? "in force" : "not in force";
    if (reading.hit() > 0 || reading.pieces() > 0) {
      return "%s; %s".formatted(state, measured(reading));
    }
    if (reading.seen() == 0) {
      return "%s; no %s came by".formatted(state, thing());
    }
    return "%s; none of %s was hit".formatted(state, Spelled.count(reading.seen(), thing()));
  }

  /** How the delays of pieces are spread. */
  enum Spread {
    /** Evenly between the delay less the jitter, and with it. */
    UNIFORM,
    /** As a bell around the delay; the jitter is its standard deviation. */
    NORMAL,
    /** Mostly a little less than the delay, seldom much more. */
    PARETO
  }

  /** What is sent is under way longer. */
  record Latency(
      Duration delay, Duration jitter, Spread spread, double correlation, boolean ordered)
      implements Disturbance {

    private static final Duration SLACK = Duration.ofMillis(20);

    @Override
    public String words() {
      String strays = jitter.isZero() ? "" : " ± " + Spelled.asked(jitter);
      return "latency %s%s%s"
          .formatted(Spelled.asked(delay), strays, ordered ? "" : ", in any order");
    }

    /** Not less than asked for, and more only by what a busy machine adds. */
    @Override
    public boolean shownBy(LinkReading reading) {
      Duration least = delay.minus(jitter).minus(delay.dividedBy(20));
      Duration most = delay.plus(jitter).plus(delay.dividedBy(5)).plus(SLACK);
      return reading.inForce()
          && reading.pieces() > 0
          && reading.median().compareTo(least) >= 0
          && reading.median().compareTo(most) <= 0;
    }

    @Override
    public String measured(LinkReading reading) {
      return "measured %s (median of %d, %s to %s)"
          .formatted(
              Spelled.measured(reading.median()),
              reading.pieces(),
              Spelled.measured(reading.least()),
              Spelled.measured(reading.most()));
    }
  }

  /** No more than so many bytes of a connection pass in a second. */
  record Bandwidth(long bytesPerSecond) implements Disturbance {
    @Override
    public String words() {
      return "bandwidth %s/s".formatted(Spelled.size(bytesPerSecond));
    }

    /** Something had to wait. */
    @Override
    public boolean shownBy(LinkReading reading) {
      return reading.inForce() && reading.most().compareTo(Duration.ofMillis(1)) >= 0;
    }

    @Override
    public String measured(LinkReading reading) {
      return "%d bytes, some of which waited %s"
          .formatted(reading.bytes(), Spelled.measured(reading.most()));
    }
  }

  /** Connections are reset, so long after the beginning of the fault or of the connection. */
  record Reset(Duration after) implements Disturbance {
    @Override
    public String words() {
      return after.isZero() ? "reset" : "reset after " + Spelled.asked(after);
    }

    @Override
    public boolean shownBy(LinkReading reading) {
      return reading.inForce() && reading.hit() > 0;
    }

    @Override
    public String measured(LinkReading reading) {
      return Spelled.count(reading.hit(), thing()) + " reset";
    }
  }

  /** New connections are refused. */
  record Refuse() implements Disturbance {
    @Override
    public String words() {
      return "refuse";
    }

    @Override
    public boolean shownBy(LinkReading reading) {
      return reading.inForce() && reading.hit() > 0;
    }

    @Override
    public String measured(LinkReading reading) {
      return Spelled.count(reading.hit(), thing()) + " refused";
    }
  }

  /** Nothing passes and nothing ends. */
  record Blackhole() implements Disturbance {
    @Override
    public String words() {
      return "blackhole";
    }

    @Override
    public boolean shownBy(LinkReading reading) {
      return reading.inForce() && reading.hit() > 0;
    }

    @Override
    public String measured(LinkReading reading) {
      return Spelled.count(reading.hit(), thing()) + " held";
    }
  }

  /** One way of a connection is ended in order; the other goes on. */
  record HalfClose() implements Disturbance {
    @Override
    public String words() {
      return "halfClose";
    }

    @Override
    public boolean shownBy(LinkReading reading) {
      return reading.inForce() && reading.hit() > 0;
    }

    @Override
    public String measured(LinkReading reading) {
      return Spelled.count(reading.hit(), thing()) + " half closed";
    }
  }

  /** What is sent passes in small pieces with pauses between them. */
  record Slice(int size, Duration pause) implements Disturbance {
    @Override
    public String words() {
      return "slice %s, %s apart".formatted(Spelled.size(size), Spelled.asked(pause));
    }

    @Override
    public boolean shownBy(LinkReading reading) {
      return reading.inForce() && reading.pieces() > 1;
    }

    @Override
    public String measured(LinkReading reading) {
      return "%d bytes in %s".formatted(reading.bytes(), Spelled.count(reading.pieces(), "piece"));
    }
  }

  /** A connection is ended in order after so many bytes. */
  record ByteLimit(long bytes) implements Disturbance {
    @Override
    public String words() {
      return "byteLimit after " + Spelled.size(bytes);
    }

    @Override
    public boolean shownBy(LinkReading reading) {
      return reading.inForce() && reading.hit() > 0;
    }

    @Override
    public String measured(LinkReading reading) {
      return Spelled.count(reading.hit(), thing()) + " ended";
    }
  }

  /**
   * Exchanges of HTTP are answered, delayed or changed.
   *
   * @param match which ones
   * @param effects all of which happen to those that are hit
   */
  record Http(ExchangeMatch match, List<ExchangeEffect> effects) implements Disturbance {
    /** Keeps the effects unchangeable. */
    public Http {
      effects = List.copyOf(effects);
    }

    @Override
    public String words() {
      return "http%s %s".formatted(match.words(), what());
    }

    private String what() {
      return String.join(", ", effects.stream().map(ExchangeEffect::words).toList());
    }

    @Override
    public boolean shownBy(LinkReading reading) {
      return reading.inForce() && reading.hit() > 0;
    }

    @Override
    public String measured(LinkReading reading) {
      boolean late = effects.stream().anyMatch(ExchangeEffect.Delay.class::isInstance);
      return "%s %s%s"
          .formatted(
              Spelled.count(reading.hit(), thing()),
              what(),
              late
                  ? ", measured %s (median, %s to %s)"
                      .formatted(
                          Spelled.measured(reading.median()),
                          Spelled.measured(reading.least()),
                          Spelled.measured(reading.most()))
                  : "");
    }

    @Override
    public String thing() {
      return "exchange";
    }
  }

  /** What only packets can meet. */
  sealed interface OfPackets extends Disturbance
      permits Loss, Bursts, Duplicate, Corrupt, Reorder, Partition, Dns {
    @Override
    default String thing() {
      return "packet";
    }

    @Override
    default String shareWords(double share) {
      return share >= 1 ? "" : ", for %s of the connections".formatted(Spelled.share(share));
    }

    @Override
    default boolean shownBy(LinkReading reading) {
      return reading.inForce() && reading.hit() > 0;
    }

    @Override
    default String measured(LinkReading reading) {
      return "%d of %s %s, %s"
          .formatted(
              reading.hit(),
              Spelled.count(reading.seen(), "packet"),
              done(),
              Spelled.share((double) reading.hit() / Math.max(1, reading.seen())));
    }

    /** What was done to a packet that was hit. */
    String done();
  }

  /** Packets are lost, each by its own chance. */
  record Loss(double share) implements OfPackets {
    @Override
    public String words() {
      return "loss " + Spelled.share(share);
    }

    @Override
    public String done() {
      return "lost";
    }
  }

  /** Packets are lost in bursts: a good and a bad state, which may change with each packet. */
  record Bursts(double begins, double ends, double bad, double good) implements OfPackets {
    @Override
    public String words() {
      double inBad = begins / (begins + ends);
      return "loss in bursts, %s in the long run"
          .formatted(Spelled.share(inBad * bad + (1 - inBad) * good));
    }

    @Override
    public String done() {
      return "lost";
    }
  }

  /** Packets come twice. */
  record Duplicate(double share) implements OfPackets {
    @Override
    public String words() {
      return "duplicate " + Spelled.share(share);
    }

    @Override
    public String done() {
      return "doubled";
    }
  }

  /** A bit of a packet is wrong. */
  record Corrupt(double share) implements OfPackets {
    @Override
    public String words() {
      return "corrupt " + Spelled.share(share);
    }

    @Override
    public String done() {
      return "with a wrong bit";
    }
  }

  /** Packets are held back, and overtaken by those that follow. */
  record Reorder(double share, Duration by) implements OfPackets {
    @Override
    public String words() {
      return "reorder %s by %s".formatted(Spelled.share(share), Spelled.asked(by));
    }

    @Override
    public String done() {
      return "passed";
    }

    @Override
    public boolean shownBy(LinkReading reading) {
      return reading.inForce() && reading.most().compareTo(by.minus(by.dividedBy(20))) >= 0;
    }

    @Override
    public String measured(LinkReading reading) {
      return "%s passed, some held back for %s"
          .formatted(Spelled.count(reading.pieces(), "packet"), Spelled.measured(reading.most()));
    }
  }

  /**
   * Nothing passes.
   *
   * @param refused whether senders are told, rather than left without an answer
   */
  record Partition(boolean refused) implements OfPackets {
    @Override
    public String words() {
      return refused ? "partition, refused" : "partition";
    }

    @Override
    public String done() {
      return refused ? "refused" : "lost";
    }

    @Override
    public String measured(LinkReading reading) {
      return Spelled.count(reading.hit(), "packet") + " " + done();
    }
  }
}
