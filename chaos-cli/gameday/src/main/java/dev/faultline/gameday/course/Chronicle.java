package dev.faultline.gameday.course;

import java.io.IOException;
import java.util.List;

/** What became of game days, for whoever only reads it. Thread-safe. */
public interface Chronicle {

  /**
   * The newest notes, the newest first. Some kinds may never be told.
   *
   * @param most how many at most, from 1 on
   * @throws IOException when they cannot be read now; its message is a sentence without its end,
   *     for people, and tells no secret
   */
  List<Note> newest(int most) throws IOException;
}
