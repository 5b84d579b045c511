package dev.faultline.app;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A command that was called within this process, where nobody can be asked.
 *
 * @param exit its exit code
 * @param out what it printed
 * @param err what it said beside that
 */
record Called(int exit, String out, String err) {

  /** Calls a command whose state and cache are below a folder. */
  static Called faultline(Path folder, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Map<String, String> env = new HashMap<>(System.getenv());
    env.put("XDG_STATE_HOME", folder.resolve("state").toString());
    env.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    int exit = Main.run(new Console(page(out), page(err), false, env, folder), arguments);
    return new Called(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static Page page(ByteArrayOutputStream bytes) {
    return new Page(new PrintStream(bytes, true, StandardCharsets.UTF_8), false, 80);
  }
}
