package dev.faultline.gameday.file;

import dev.faultline.engine.file.LoadedGameDay;
import dev.faultline.gameday.calendar.Timetable;
import dev.faultline.gameday.course.Agenda;
import dev.faultline.model.codec.Codec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

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
    MessageDigest digest = sha256();
    digest.update(Codec.json().writeValueAsString(loaded.spec()).getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Tells this content, with that of the files it names, from another: the digest, a colon, and
   * that of the runs and calendars as they are now.
   */
  public String imprint() {
    MessageDigest digest = sha256();
    for (Path file : Stream.concat(loaded.runs().stream(), loaded.calendars().stream()).toList()) {
      digest.update(content(file));
    }
    return digest() + ":" + HexFormat.of().formatHex(digest.digest());
  }

  /** The digest of a file, so that what ends one is not taken for what begins the next. */
  private static byte[] content(Path file) {
    try {
      return sha256().digest(Files.readAllBytes(file));
    } catch (IOException gone) {
      return new byte[1];
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("each Java has SHA-256", impossible);
    }
  }
}
