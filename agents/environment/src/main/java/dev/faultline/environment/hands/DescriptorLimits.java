package dev.faultline.environment.hands;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.world.Action.FreeDescriptors;
import dev.faultline.model.world.Action.LimitDescriptors;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.DescriptorAccess;
import dev.faultline.model.world.DescriptorReading;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Facts;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.Instance.ProcessInstance;
import dev.faultline.model.world.ProcessRef;
import dev.faultline.model.world.Query.DescriptorStatus;
import dev.faultline.node.Descriptors;
import dev.faultline.node.ProcessIdentity;
import java.io.IOException;
import java.util.Optional;

/** How many descriptors processes may have; each is first shown to be the one that is meant. */
final class DescriptorLimits {

  Effect limit(LimitDescriptors action) {
    String name = action.process().name();
    try {
      ProcessIdentity process = ProcessIdentity.parse(action.process().identity());
      return process.equals(ProcessIdentity.self())
          ? new Effect.Failed(name + " is Faultline itself")
          : effect(name, Descriptors.leave(process, action.room()));
    } catch (IllegalArgumentException | IOException failure) {
      return failed(name, failure);
    }
  }

  Effect free(FreeDescriptors action) {
    String name = action.process().name();
    try {
      return effect(
          name,
          Descriptors.giveBack(ProcessIdentity.parse(action.process().identity()), action.limit()));
    } catch (IllegalArgumentException | IOException failure) {
      return failed(name, failure);
    }
  }

  Answer status(DescriptorStatus query) {
    try {
      return new Answer.DescriptorsAre(
          Descriptors.of(ProcessIdentity.parse(query.process().identity()))
              .map(is -> new DescriptorReading(is.limit(), is.open(), is.free())));
    } catch (IllegalArgumentException unreadable) {
      return new Answer.Unanswered(BlindReason.REFUSED, String.valueOf(unreadable.getMessage()));
    } catch (IOException hidden) {
      return new Answer.Unanswered(
          BlindReason.UNREACHABLE,
          "the descriptors of %s are not shown to us: %s"
              .formatted(query.process().name(), hidden.getMessage()));
    }
  }

  /** The same, with what can be done with the descriptors of each process. */
  static Facts into(Facts facts) {
    return new Facts(
        facts.instances().stream().map(DescriptorLimits::into).toList(),
        facts.missing(),
        facts.known());
  }

  private static Instance into(Instance instance) {
    return instance instanceof ProcessInstance process
        ? process.process().flatMap(DescriptorLimits::access).map(process::with).orElse(process)
        : instance;
  }

  private static Optional<DescriptorAccess> access(ProcessRef process) {
    try {
      return Descriptors.of(ProcessIdentity.parse(process.identity()))
          .map(is -> new DescriptorAccess(is.limit(), Optional.empty()));
    } catch (IllegalArgumentException | IOException hidden) {
      return Optional.of(
          new DescriptorAccess(
              0,
              Optional.of(
                  "the descriptors of %s are not shown to us (%s); run this as its user or as root"
                      .formatted(process.name(), hidden.getMessage()))));
    }
  }

  private static Effect effect(String name, Optional<Long> limit) {
    return limit
        .<Effect>map(is -> new Effect.Done("%s may have %d descriptors".formatted(name, is)))
        .orElseGet(() -> new Effect.Superseded(name + " has ended or was replaced"));
  }

  private static Effect failed(String name, Exception failure) {
    return new Effect.Failed(
        "cannot change how many descriptors %s may have: %s".formatted(name, failure.getMessage()));
  }
}
