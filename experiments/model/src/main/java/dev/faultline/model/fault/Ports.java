package dev.faultline.model.fault;

import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.Strain;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the ports that programs get for connections of their own (TCP, the ephemeral ones), on the
 * machine or in a network namespace: connections that are there stay, new ones cannot be opened.
 *
 * @param leave how many stay free at most, from 0 to 60000; 0 when absent
 */
public record Ports(Optional<Integer> leave) implements HostFault {

  private static final int MOST = 60_000;

  /** Refuses a number that no machine has. */
  public Ports {
    if (leave.isPresent() && (leave.get() < 0 || leave.get() > MOST)) {
      throw new InvalidValue("leave", "'leave' must be from 0 to %d ports".formatted(MOST));
    }
  }

  @Override
  public Set<String> aims() {
    return Set.of("host", "netns");
  }

  @Override
  public Map<String, Strain> strains() {
    return strains(Optional.empty());
  }

  @Override
  public Map<String, Strain> strains(Instance target) {
    return target instanceof Instance.NetworkInstance network && !network.network().shared()
        ? strains(Optional.of(network.network().place().path()))
        : strains();
  }

  private Map<String, Strain> strains(Optional<String> network) {
    return Map.of("ports", new Strain.Ports(leave.orElse(0), network));
  }

  @Override
  public List<Step> plan(Instance target, Setting setting) {
    if (target instanceof Instance.NetworkInstance network
        && network.network().closed().isPresent()) {
      throw new FaultRefused(network.network().closed().get());
    }
    return HostFault.super.plan(target, setting);
  }

  @Override
  public String words() {
    return "ports (%s)".formatted(strains().values().iterator().next().words());
  }
}
