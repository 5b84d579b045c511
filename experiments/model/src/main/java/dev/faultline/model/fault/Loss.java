package dev.faultline.model.fault;

import dev.faultline.judge.Quantity;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.world.Disturbance;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Packets are lost: each by its own chance, or in bursts.
 *
 * @param percent which share of them; above 0% and at most 100%
 * @param bursts instead of that, how bursts of loss come and go
 */
public record Loss(Optional<Quantity> percent, Optional<Bursts> bursts) implements NetworkFault {

  /**
   * Gilbert and Elliott's chain: a good and a bad state, which may change with each packet.
   *
   * @param begin the chance that a good state turns bad; above 0% and at most 100%
   * @param end the chance that a bad state turns good; above 0% and at most 100%
   * @param bad which share is lost in a bad state; 100% when absent
   * @param good which share is lost in a good state; none when absent
   */
  public record Bursts(
      Quantity begin, Quantity end, Optional<Quantity> bad, Optional<Quantity> good) {
    /** Refuses chances that are none. */
    public Bursts {
      double _ = Parameters.someShare("begin", begin);
      double _ = Parameters.someShare("end", end);
      double _ = Parameters.share("bad", bad);
      double _ = Parameters.share("good", good);
    }

    private Disturbance disturbance() {
      return new Disturbance.Bursts(
          begin.value(),
          end.value(),
          bad.map(Quantity::value).orElse(1.0),
          Parameters.share("good", good));
    }
  }

  /** Refuses a loss that is none, and one that is two. */
  public Loss {
    if (percent.isPresent() == bursts.isPresent()) {
      throw new InvalidValue("give either 'percent' or 'bursts', such as {percent: 5%}");
    }
    percent.ifPresent(
        share -> {
          double _ = Parameters.someShare("percent", share);
        });
  }

  @Override
  public Disturbance disturbance() {
    return bursts
        .map(Bursts::disturbance)
        .orElseGet(() -> new Disturbance.Loss(percent.orElseThrow().value()));
  }

  @Override
  public Set<Medium> media() {
    return EnumSet.of(Medium.PACKETS);
  }
}
