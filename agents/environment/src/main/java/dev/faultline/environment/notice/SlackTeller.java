package dev.faultline.environment.notice;

import dev.faultline.model.notice.Slack;
import java.nio.file.Path;
import okhttp3.Request;

/** Writes news into a chat, as Slack's incoming webhooks take them. */
record SlackTeller(Wire wire, Slack slack, Path base) implements Teller {

  @Override
  public void tell(News news) throws Untold {
    var message = Wire.JSON.createObjectNode().put("text", escaped(news.words()));
    var _ =
        wire.send(
            new Request.Builder()
                .url(Wire.address(slack.url(), slack.urlFile(), base))
                .post(Wire.body(message))
                .build());
  }

  /** Names come from files: none of them may call a whole channel by {@code <!here>}. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
