package dev.faultline.gameday.daemon;

import dev.faultline.gameday.file.Days;
import java.io.IOException;
import java.util.Optional;

/** Game days as they change. */
public interface Changes {

  /** All there are, where they changed since the last answer; the first answer is one. */
  Optional<Days.Found> next() throws IOException;
}
