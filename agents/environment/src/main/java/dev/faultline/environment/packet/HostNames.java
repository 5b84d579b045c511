package dev.faultline.environment.packet;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.world.Answer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Finds the addresses of peers. */
@FunctionalInterface
public interface HostNames {

  /** Host names, by what this machine is set up to ask; Java keeps an answer for half a minute. */
  HostNames SYSTEM = HostNames::lookUp;

  /**
   * The addresses of a host or a place, in an order of their own: servers of names like to shuffle
   * them.
   *
   * @throws UnknownHostException in words, when nothing is called so, or nobody can be asked
   */
  List<InetAddress> addresses(String peer) throws UnknownHostException;

  /** The same as an answer to a question. */
  default Answer answer(String peer) {
    try {
      return new Answer.AddressesAre(
          addresses(peer).stream().map(InetAddress::getHostAddress).toList());
    } catch (UnknownHostException unknown) {
      return new Answer.Unanswered(BlindReason.NO_DATA, String.valueOf(unknown.getMessage()));
    }
  }

  private static List<InetAddress> lookUp(String host) throws UnknownHostException {
    try {
      return Stream.of(InetAddress.getAllByName(host))
          .sorted(Comparator.comparing(InetAddress::getHostAddress))
          .toList();
    } catch (UnknownHostException unknown) {
      UnknownHostException inWords =
          new UnknownHostException("no host is called '%s'".formatted(host));
      inWords.initCause(unknown);
      throw inWords;
    }
  }
}
