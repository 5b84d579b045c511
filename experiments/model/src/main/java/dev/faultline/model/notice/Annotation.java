package dev.faultline.model.notice;

import dev.faultline.model.codec.InvalidValue;
import java.util.List;
import java.util.Optional;

/**
 * A game day is marked in the dashboards of a Grafana, from its begin to its end.
 *
 * @param url where Grafana is, without {@code /api}; must be given
 * @param tokenFile file with the token of a service account that may write annotations; must be
 *     given
 * @param dashboard the UID of the one dashboard that shows it; all that ask for its tags when
 *     absent
 * @param tags further tags, beside {@code faultline} and the name of the game day
 */
public record Annotation(
    String url, String tokenFile, Optional<String> dashboard, List<String> tags)
    implements Channel {

  /** Requires where, and who writes. */
  public Annotation {
    Address.require("url", InvalidValue.required(url, "url"));
    InvalidValue.required(tokenFile, "tokenFile");
    tags = List.copyOf(tags);
  }
}
