package dev.faultline.environment.remote;

import dev.faultline.environment.lives.CachedFolder;
import dev.faultline.environment.lives.Deadline;
import dev.faultline.environment.lives.Folders;
import dev.faultline.environment.lives.Lives;
import dev.faultline.environment.lives.Tools;
import dev.faultline.judge.Quantity;
import dev.faultline.model.world.Action;
import dev.faultline.node.FuseLauncher;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The program for hosts: a Java runtime and the few jars that the hands there need, in one archive,
 * made when it is first wanted and kept. Thread-safe.
 *
 * @param cache the folder of what outlives the run
 */
record AgentImage(Path cache) {

  private static final Duration MAKING = Duration.ofMinutes(3);
  private static final String ARCHIVE = "agent.tar.gz";
  private static final String SUM = "sum";

  /** One class out of each jar that is needed. */
  private static final List<Class<?>> NEEDED =
      List.of(
          RemoteProgram.class,
          Action.class,
          Quantity.class,
          FuseLauncher.class,
          JsonMapper.class,
          tools.jackson.core.JsonParser.class,
          com.fasterxml.jackson.annotation.JsonCreator.class,
          Nullable.class);

  /**
   * An archive.
   *
   * @param sum its SHA-256 in hexadecimal digits
   * @param size how many bytes it has
   */
  record Archive(Path file, String sum, long size) {}

  /**
   * The archive for machines like this one.
   *
   * @throws IOException when it cannot be made
   */
  Archive archive() throws IOException, InterruptedException {
    List<Path> jars = jars();
    Path folder =
        new CachedFolder(cache.resolve("agents"), key(jars))
            .obtain(AgentImage::isWhole, fresh -> make(fresh, jars), Deadline.in(MAKING));
    Path file = folder.resolve(ARCHIVE);
    return new Archive(file, Files.readString(folder.resolve(SUM)), Files.size(file));
  }

  private static boolean isWhole(Path folder) {
    return Files.exists(folder.resolve(SUM)) && Files.exists(folder.resolve(ARCHIVE));
  }

  private void make(Path fresh, List<Path> jars) throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"));
    Path own = fresh.resolve("runtime");
    Path jlink = java.resolve("bin/jlink");
    boolean small = Files.isExecutable(jlink);
    if (small) {
      Lives lives = new Lives();
      try {
        String _ = new Tools(lives, fresh).run(link(jlink, own), MAKING);
      } finally {
        lives.end();
      }
    }
    Path archive = fresh.resolve(ARCHIVE);
    AgentArchive.write(archive, small ? own : java, jars);
    Files.writeString(fresh.resolve(SUM), HexFormat.of().formatHex(digest(List.of(archive))));
    Folders.remove(own);
  }

  private static List<String> link(Path jlink, Path runtime) {
    return List.of(
        jlink.toString(),
        "--add-modules",
        "java.base,java.xml",
        "--strip-debug",
        "--no-header-files",
        "--no-man-pages",
        "--output",
        runtime.toString());
  }

  private static List<Path> jars() throws IOException {
    Set<Path> jars = new LinkedHashSet<>();
    for (Class<?> type : NEEDED) {
      // A class out of an archive whose jar was moved since knows no place.
      CodeSource source = type.getProtectionDomain().getCodeSource();
      if (source == null || source.getLocation() == null) {
        throw new IOException("the jars of this Faultline are not where they were; start it anew");
      }
      jars.add(Path.of(URI.create(source.getLocation().toString())));
    }
    return List.copyOf(jars);
  }

  /** What the archive depends on: the contents of the jars, and the runtime. */
  private static String key(List<Path> jars) throws IOException {
    Path release = Path.of(System.getProperty("java.home"), "release");
    byte[] digest = digest(Stream.concat(jars.stream(), Stream.of(release)).toList());
    return HexFormat.of().formatHex(digest).substring(0, 32);
  }

  private static byte[] digest(List<Path> sources) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path source : sources) {
        for (Path file : AgentArchive.filesOf(source)) {
          try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
          }
        }
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
