package dev.faultline.serve.page;

import dev.faultline.serve.days.Diary;
import java.util.Map;

/** Game days to come. */
public final class CalendarPage {

  private CalendarPage() {}

  /**
   * The page.
   *
   * @param days how far it looks ahead
   */
  public static Screen of(Diary.Entries diary, int days) {
    return Screen.still("calendar", "Calendar", Map.of("diary", diary, "days", days));
  }
}
