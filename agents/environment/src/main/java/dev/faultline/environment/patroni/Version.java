package dev.faultline.environment.patroni;

import dev.faultline.environment.lives.Tools;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of a program, as far as it decides what the program can do. */
record Version(int major, int minor) {

  private static final Duration SAID_WITHIN = Duration.ofSeconds(20);
  private static final Pattern NUMBERS = Pattern.compile("(\\d+)(?:\\.(\\d+))?");

  /**
   * Asks a program.
   *
   * @param argv the program with the argument that makes it tell its version
   * @param label what it prints before the version
   * @throws IOException when it does not work, or tells no version
   */
  static Version of(List<String> argv, String label, Tools tools)
      throws IOException, InterruptedException {
    String printed = tools.run(argv, SAID_WITHIN);
    int begin = printed.indexOf(label);
    Matcher numbers = NUMBERS.matcher(printed);
    if (begin < 0 || !numbers.find(begin + label.length())) {
      throw new IOException(
          "'%s' does not say '%s'".formatted(String.join(" ", argv), label.strip()));
    }
    int minor = numbers.group(2) == null ? 0 : Integer.parseInt(numbers.group(2));
    return new Version(Integer.parseInt(numbers.group(1)), minor);
  }

  /**
   * Refuses an older one.
   *
   * @throws IOException when this is older than the least that will do
   */
  void require(Version least) throws IOException {
    if (major < least.major || (major == least.major && minor < least.minor)) {
      throw new IOException("version %s is older than %s".formatted(this, least));
    }
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
