package dev.faultline.reports.stage;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Names problems so that the next build knows them again: by rule, file and subject, neither by
 * lines, which move, nor by readings, which differ from run to run. Of several alike, each has a
 * name of its own.
 */
public final class Fingerprints {

  private Fingerprints() {}

  /** One for each problem, in their order: 64 hexadecimal digits. */
  public static List<String> of(List<Problem> problems) {
    Map<String, Integer> alike = new HashMap<>();
    List<String> all = new ArrayList<>();
    for (Problem problem : problems) {
      String known = String.join("\n", problem.rule().id(), problem.at().file(), problem.subject());
      int number = alike.merge(known, 1, Integer::sum);
      all.add(digest(known + "\n" + number));
    }
    return all;
  }

  private static String digest(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
