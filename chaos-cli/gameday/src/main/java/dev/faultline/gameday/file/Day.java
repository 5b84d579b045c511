package dev.faultline.gameday.file;

import dev.faultline.engine.file.LoadedGameDay;
import dev.faultline.gameday.calendar.Timetable;
import dev.faultline.gameday.course.Agenda;
import dev.faultline.model.codec.Codec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A game day that can be followed.
 *
 * @param loaded what stands in its file
 * @param timetable when it is due
 */
public record Day(LoadedGameDay loaded, Timetable timetable) {

  /** What it is called. */
  public String name() {
    return loaded.name();
  }

  /** What is to be done for it. */
  public Agenda agenda() {
    return new Agenda(timetable, loaded.spec());
  }

  /** Tells this content from another. */
  public String digest() {
    try {
      byte[] text = Codec.json().writeValueAsString(loaded.spec()).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("each Java has SHA-256", impossible);
    }
  }
}
