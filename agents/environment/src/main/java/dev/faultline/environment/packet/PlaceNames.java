package dev.faultline.environment.packet;

import dev.faultline.model.world.Facts;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.NetworkAccess;
import dev.faultline.model.world.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

/** Knows the places of this machine by {@code netns/NAME} and {@code process/NAME}; else hosts. */
record PlaceNames(Function<Target, Facts> inventory, HostNames hosts) implements HostNames {

  private static final String NETNS = "netns/";
  private static final String PROCESS = "process/";

  @Override
  public List<InetAddress> addresses(String peer) throws UnknownHostException {
    if (peer.startsWith(NETNS)) {
      return of(peer, Networks.facts(List.of(peer.substring(NETNS.length()))));
    }
    return peer.startsWith(PROCESS)
        ? of(peer, inventory.apply(Target.process(peer.substring(PROCESS.length()))))
        : hosts.addresses(peer);
  }

  private static List<InetAddress> of(String peer, Facts facts) throws UnknownHostException {
    TreeSet<String> found = new TreeSet<>();
    for (Instance instance : facts.instances()) {
      NetworkAccess network =
          switch (instance.itself()) {
            case Instance.NetworkInstance place -> place.network();
            case Instance.ProcessInstance process ->
                process
                    .network()
                    .orElseThrow(() -> new UnknownHostException(peer + " does not run"));
            default -> throw new UnknownHostException(peer + " has no network of its own");
          };
      if (network.shared()) {
        throw new UnknownHostException(
            peer + " shares its network with Faultline: no address tells it from the rest");
      }
      found.addAll(read(peer, Path.of(network.place().path())));
    }
    if (found.isEmpty()) {
      throw new UnknownHostException(
          facts.missing().isEmpty()
              ? peer + " has no address yet"
              : "no network is called '%s'".formatted(peer));
    }
    return found.stream().map(InetAddress::ofLiteral).toList();
  }

  private static List<String> read(String peer, Path namespace) throws UnknownHostException {
    try {
      return NetworkAddresses.of(namespace);
    } catch (IOException | InterruptedException refused) {
      if (refused instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      UnknownHostException inWords =
          new UnknownHostException(
              "the addresses of %s cannot be read: %s".formatted(peer, refused.getMessage()));
      inWords.initCause(refused);
      throw inWords;
    }
  }
}
