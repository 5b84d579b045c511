package dev.faultline.environment.database.named;

import dev.faultline.environment.database.named.PatroniApi.ApiTrouble;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What {@code GET /cluster} says. */
record PatroniCluster(List<Member> members) {

  private static final Set<String> LEADERS = Set.of("leader", "master", "standby_leader");

  /**
   * One node.
   *
   * @param lag bytes that it lacks; the greatest number where Patroni does not know
   */
  record Member(String name, String role, String state, long lag) {

    boolean leads() {
      return LEADERS.contains(role);
    }

    /** Whether its server runs as it should. */
    boolean runs() {
      return state.equals("running") || state.equals("streaming");
    }
  }

  /** Reads an answer. */
  static PatroniCluster of(JsonNode answer) throws ApiTrouble {
    JsonNode members = answer.get("members");
    if (members == null || !members.isArray()) {
      throw new ApiTrouble("GET /cluster named no members");
    }
    List<Member> read = new ArrayList<>();
    for (JsonNode member : members) {
      JsonNode lag = member.path("lag");
      read.add(
          new Member(
              member.path("name").asString(""),
              member.path("role").asString(""),
              member.path("state").asString(""),
              lag.isNumber() ? lag.asLong(Long.MAX_VALUE) : Long.MAX_VALUE));
    }
    return new PatroniCluster(List.copyOf(read));
  }

  Optional<Member> leader() {
    return members.stream().filter(Member::leads).findFirst();
  }

  /** Whether a node leads, as far as Patroni knows. */
  boolean isLedBy(String name) {
    return leader().filter(leader -> leader.name().equals(name)).isPresent();
  }

  /** The fittest replica: a synchronous one first, as others may be refused; then the least lag. */
  Optional<Member> candidate() {
    return members.stream()
        .filter(member -> !member.leads() && member.runs() && !member.name().isEmpty())
        .min(
            Comparator.comparing((Member member) -> !member.role().equals("sync_standby"))
                .thenComparingLong(Member::lag));
  }

  /** Each node with its state, in a line. */
  String words() {
    return members.isEmpty()
        ? "it has no members"
        : String.join(
            ", ",
            members.stream()
                .map(member -> "%s %s %s".formatted(member.name(), member.role(), member.state()))
                .toList());
  }
}
