package dev.faultline.model.notice;

import java.util.Optional;

/**
 * People are told, in a chat that takes Slack's incoming webhooks, such as Slack, Mattermost or
 * Rocket.Chat.
 *
 * @param url where; or else in a file
 * @param urlFile file with the address, which for Slack is a secret
 */
public record Slack(Optional<String> url, Optional<String> urlFile) implements Channel {

  /** Requires one address. */
  public Slack {
    Address.requireOne(url, urlFile);
  }

  @Override
  public boolean announces() {
    return true;
  }
}
