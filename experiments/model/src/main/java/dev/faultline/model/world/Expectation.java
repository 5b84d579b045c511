package dev.faultline.model.world;

import dev.faultline.model.cluster.FieldChange;
import dev.faultline.model.route.Match;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What an answer must say to prove an effect or its end. */
public sealed interface Expectation {

  /** Whether the answer proves it. */
  boolean met(Answer answer);

  /** What is expected, in words. */
  String words();

  /** A process in one of these states. */
  record ProcessIn(Set<ProcessState> states) implements Expectation {
    /** Keeps the set unchangeable. */
    public ProcessIn {
      states = Set.copyOf(states);
    }

    @Override
    public boolean met(Answer answer) {
      return answer instanceof Answer.ProcessIs is && states.contains(is.state());
    }

    @Override
    public String words() {
      return String.join(
          " or ",
          states.stream().map(state -> state.name().toLowerCase(Locale.ROOT)).sorted().toList());
    }
  }

  /**
   * A process that may have fewer descriptors than so many, or that may have as many again.
   *
   * @param scarce whether they are fewer
   * @param limit how many it had before
   */
  record DescriptorLimit(boolean scarce, long limit) implements Expectation {
    @Override
    public boolean met(Answer answer) {
      return answer instanceof Answer.DescriptorsAre are
          && are.reading()
              .map(one -> scarce ? one.limit() < limit : one.limit() >= limit)
              // A limit dies with its process.
              .orElse(!scarce);
    }

    @Override
    public String words() {
      return (scarce ? "fewer than %d descriptors" : "%d descriptors, or gone").formatted(limit);
    }
  }

  /**
   * A process with this clock that is healthy; or, where the clock is the right one, a process that
   * has no other.
   */
  record ClockIs(ClockShift shift) implements Expectation {
    @Override
    public boolean met(Answer answer) {
      return answer instanceof Answer.ClockIs is
          && (shift.equals(ClockShift.NONE)
              // A clock dies with its process.
              ? !is.reading().running() || is.reading().shows(shift)
              : is.reading().ready() && is.reading().shows(shift));
    }

    @Override
    public String words() {
      return shift.words();
    }
  }

  /** A fuse that is armed, or is not. */
  record FuseArmed(boolean armed) implements Expectation {
    @Override
    public boolean met(Answer answer) {
      return answer instanceof Answer.FuseIs is && is.armed() == armed;
    }

    @Override
    public String words() {
      return armed ? "armed" : "not armed";
    }
  }

  /** A world in which nothing of the run holds anything. */
  record NothingHolds() implements Expectation {
    @Override
    public boolean met(Answer answer) {
      return answer instanceof Answer.Marked marked && marked.holders().isEmpty();
    }

    @Override
    public String words() {
      return "without holders";
    }
  }

  /** A program that ends with 0, or with anything else. */
  record Exits(boolean zero) implements Expectation {
    @Override
    public boolean met(Answer answer) {
      return answer instanceof Answer.Exited exited && (exited.code() == 0) == zero;
    }

    @Override
    public String words() {
      return zero ? "exit code 0" : "an exit code other than 0";
    }
  }

  /** A node in one of these roles. */
  record NodeIn(Set<NodeRole> roles) implements Expectation {
    /** Keeps the set unchangeable. */
    public NodeIn {
      roles = Set.copyOf(roles);
    }

    @Override
    public boolean met(Answer answer) {
      return answer instanceof Answer.NodeIs is && roles.contains(is.role());
    }

    @Override
    public String words() {
      return String.join(" or ", roles.stream().map(NodeRole::words).sorted().toList());
    }
  }

  /** A table of the run's own, or none that is. */
  record TableOurs(boolean ours) implements Expectation {
    @Override
    public boolean met(Answer answer) {
      return answer instanceof Answer.TableIs is && (is.owner() == Answer.Owner.OURS) == ours;
    }

    @Override
    public String words() {
      return ours ? "ours" : "not ours";
    }
  }

  /** A load that surges and sends as much as is asked for, or that is back at its own rate. */
  record Surging(boolean on) implements Expectation {
    private static final double SHARE = 0.1;

    @Override
    public boolean met(Answer answer) {
      return answer instanceof Answer.RateIs is
          && is.surging() == on
          && (on
              ? is.sent() >= Math.floor((1 - SHARE) * is.asked())
              : is.sent() <= Math.ceil((1 + SHARE) * is.asked()));
    }

    @Override
    public String words() {
      return on ? "a surge that is sent" : "back at its own rate";
    }
  }

  /** A disturbance of a link that its traffic meets, or that is no longer in force. */
  record LinkMeets(boolean disturbed) implements Expectation {
    @Override
    public boolean met(Answer answer) {
      return answer instanceof Answer.LinkIs is
          && (disturbed ? is.what().shownBy(is.reading()) : !is.reading().inForce());
    }

    @Override
    public String words() {
      return disturbed ? "met by traffic" : "over";
    }
  }

  /**
   * Traffic that is split like this, or within half a percentage point of it: routers round.
   *
   * @param share the canary's part, from 0 to 1; 0 and 1 are meant exactly
   * @param match which requests go to the canary in any case, and no others
   * @param mirror of which part of the requests a copy goes to the canary, above 0 and at most 1
   */
  record RouteAt(double share, Optional<Match> match, Optional<Double> mirror)
      implements Expectation {
    private static final double ROUNDING = 0.005;

    @Override
    public boolean met(Answer answer) {
      double tolerated = share == 0 || share == 1 ? 0 : ROUNDING;
      return answer instanceof Answer.RouteIs is
          && Math.abs(is.reading().share() - share) <= tolerated
          && (match.isPresent()
              ? is.reading().match().filter(match.get()::isAs).isPresent()
              : is.reading().match().isEmpty())
          && mirror.isPresent() == is.reading().mirror().isPresent()
          && Math.abs(mirror.orElse(0.0) - is.reading().mirror().orElse(0.0)) <= ROUNDING;
    }

    @Override
    public String words() {
      return RouteReading.percent(share)
          + " to the canary"
          + match.map(one -> ", and " + one.words()).orElse("")
          + Spelled.copies(mirror);
    }
  }

  /** A strain that is held, or that is over. */
  record Strained(boolean on) implements Expectation {
    @Override
    public boolean met(Answer answer) {
      return answer instanceof Answer.StrainIs is
          && (on ? is.what().shownBy(is.reading()) : !is.reading().holding());
    }

    @Override
    public String words() {
      return on ? "held" : "free";
    }
  }

  /** A node that cannot be reached; or one that is ready, with no agent of ours on it. */
  record NodeOffline(boolean cut) implements Expectation {
    @Override
    public boolean met(Answer answer) {
      return answer instanceof Answer.NodeStands is
          && (cut ? is.agent() && !is.reached() : is.ready() && !is.agent());
    }

    @Override
    public String words() {
      return cut ? "out of reach" : "ready, without our agent";
    }
  }

  /** A pod that is there no more. */
  record PodGone() implements Expectation {
    @Override
    public boolean met(Answer answer) {
      return answer instanceof Answer.PodIs is && !is.there();
    }

    @Override
    public String words() {
      return "gone";
    }
  }

  /** A pod that is ready, or that is there and is not; one that is gone is held by nobody. */
  record PodReady(boolean ready) implements Expectation {
    @Override
    public boolean met(Answer answer) {
      return answer instanceof Answer.PodIs is
          && (ready ? is.ready() || !is.there() : is.there() && !is.ready());
    }

    @Override
    public String words() {
      return ready ? "ready, or gone" : "not ready";
    }
  }

  /**
   * An object that really is as a change wants it, or that carries no trace of it.
   *
   * @param changes what it must have; nothing where no trace is wanted
   */
  record ObjectChanged(List<FieldChange> changes) implements Expectation {
    /** Keeps the changes unchangeable. */
    public ObjectChanged {
      changes = List.copyOf(changes);
    }

    @Override
    public boolean met(Answer answer) {
      return answer instanceof Answer.ObjectIs is
          && is.reading()
              .map(one -> changes.isEmpty() ? !one.marked() : one.marked() && one.has(changes))
              .orElse(changes.isEmpty());
    }

    @Override
    public String words() {
      return changes.isEmpty()
          ? "without our mark"
          : String.join(", ", changes.stream().map(FieldChange::words).toList());
    }
  }
}
