package dev.faultline.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a Java machine learned of the agents when Faultline was built (an AOT cache): with it they
 * start in half the time. A machine that cannot use it goes without a word.
 */
public final class StartCache {

  private static final String NAME = "agents.aot";

  private StartCache() {}

  /** The options that use it; none where there is no such file beside the jar. */
  public static List<String> options(String classPath) {
    Path cache = Path.of(classPath).resolveSibling(NAME);
    return classPath.endsWith(".jar") && Files.isRegularFile(cache)
        ? List.of("-XX:AOTCache=" + cache, "-Xlog:disable")
        : List.of();
  }
}
