package dev.faultline.engine.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a file, as far as it can be one of ours.
 *
 * @param name the file as the user named it
 * @param text its content
 */
record SourceText(String name, String text) {

  private static final Pattern SECRET =
      Pattern.compile("((?i:password)=|://[^/@\\s:]*:(?=[^/\\s]*@))([^&@\\s\"'},]+)");

  /** Far above any file a person writes, far below what could hurt. */
  static final int LIMIT = 1 << 20;

  static SourceText read(Path file, String name) throws InvalidFile {
    if (Files.isDirectory(file)) {
      throw new InvalidFile(name, "this is a folder; name a file in it");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LIMIT + 1);
      if (bytes.length > LIMIT) {
        throw new InvalidFile(
            name,
            "the file is larger than 1 MiB; that is no experiment; split it, or name another");
      }
      SourceText source = new SourceText(name, decode(bytes, name));
      source.refuseControlCharacters();
      return source;
    } catch (NoSuchFileException missing) {
      throw new InvalidFile(name, "there is no such file; check the path");
    } catch (AccessDeniedException denied) {
      throw new InvalidFile(name, "no permission to read the file; check its owner and mode");
    } catch (FileSystemException unreadable) {
      throw new InvalidFile(
          name, "cannot be read (%s); check the path".formatted(unreadable.getReason()));
    } catch (IOException unreadable) {
      throw new InvalidFile(
          name, "cannot be read (%s); name another file".formatted(unreadable.getMessage()));
    }
  }

  /** The text from its beginning, for a parser of YAML. */
  Reader reader() {
    return new WholeCharacters(text);
  }

  private static String decode(byte[] bytes, String name) throws InvalidFile {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.indexOf('\0') >= 0) {
        throw new InvalidFile(name, "this is a binary file, not YAML; name another file");
      }
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException binary) {
      throw new InvalidFile(name, "this is not UTF-8 text; save it as UTF-8, or name another file");
    }
  }

  private void refuseControlCharacters() throws InvalidFile {
    int point;
    for (int at = 0; at < text.length(); at += Character.charCount(point)) {
      point = text.codePointAt(at);
      if (!isText(point)) {
        String[] before = text.substring(0, at).split("\r\n|\r|\n", -1);
        String line = before[before.length - 1];
        throw refuse(
            before.length - 1,
            line.codePointCount(0, line.length()),
            "the character U+%04X stands here, which no one can see; remove it".formatted(point));
      }
    }
  }

  private static boolean isText(int point) {
    return point == '\t'
        || point == '\n'
        || point == '\r'
        || (point >= 0x20 && point <= 0x7E)
        || (point >= 0xA0 && point != 0xFEFF && point < 0xFFFE)
        || (point >= 0x10000 && point <= 0x10FFFF);
  }

  /** A line with a password in an address is shown to a terminal, and to the log of a build. */
  private static String withoutSecrets(String line) {
    return SECRET
        .matcher(line)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(found.group(1)) + "*".repeat(found.group(2).length()));
  }

  /** A refusal at a place counted from 0. */
  InvalidFile refuse(int line, int column, String problem) {
    String shown = withoutSecrets(text.lines().skip(line).findFirst().orElse(""));
    return new InvalidFile(
        name, Optional.of(new InvalidFile.Place(line + 1, column + 1, shown)), problem);
  }
}
