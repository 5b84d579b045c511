package dev.faultline.node;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The command line of another process. */
public final class CommandLine {

  /** In which this JVM turns arguments into bytes: ASCII in a C locale. */
  private static final Charset ENCODING =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  private CommandLine() {}

  /**
   * Whether this JVM can hand this word to a program; it would replace letters by '?' otherwise.
   */
  static boolean carries(String word) {
    return ENCODING.newEncoder().canEncode(word);
  }

  /** The words; empty for a zombie, a kernel thread, or a process in the middle of an exec. */
  public static List<String> of(long pid) throws IOException {
    byte[] bytes = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "cmdline"));
    if (bytes.length == 0) {
      return List.of();
    }
    // The encoding in which this JVM turns arguments into bytes, so that they come back as they
    // were.
    Charset encoding = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    String[] words = new String(bytes, encoding).split("\0", -1);
    // Each word ends with a NUL, behind which there is no further word.
    return List.of(
        Arrays.copyOf(words, words[words.length - 1].isEmpty() ? words.length - 1 : words.length));
  }
}
