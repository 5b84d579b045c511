package dev.faultline.gameday.daemon;

import dev.faultline.gameday.file.Day;
import dev.faultline.gameday.file.Days;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder of game days, which is read again whenever a file of it is another one: by name, size
 * and time. So are the runs and the calendars that they name. Not thread-safe.
 */
public final class WatchedFolder implements Changes {

  private final Path folder;
  private final Days files;
  private Set<Path> named = Set.of();
  private Set<String> seen = Set.of();
  private boolean fresh = true;

  /** Watches this folder. */
  public WatchedFolder(Path folder, Days files) {
    this.folder = folder;
    this.files = files;
  }

  @Override
  public Optional<Days.Found> next() throws IOException {
    Set<String> now = look();
    if (!fresh && now.equals(seen)) {
      return Optional.empty();
    }
    fresh = false;
    Days.Found found = files.loadAll(List.of(folder.toString()));
    named =
        found.days().stream()
            .map(Day::loaded)
            .flatMap(day -> Stream.concat(day.runs().stream(), day.calendars().stream()))
            .collect(Collectors.toUnmodifiableSet());
    // A file that changed since is another one in the next look.
    seen = stillTrue(now);
    return Optional.of(found);
  }

  private Set<String> stillTrue(Set<String> before) throws IOException {
    Set<String> after = look();
    Set<String> others = new TreeSet<>(before);
    named.stream().map(WatchedFolder::mark).forEach(others::add);
    return others.equals(after) ? after : before;
  }

  private Set<String> look() throws IOException {
    Set<String> marks = new TreeSet<>();
    named.stream().map(WatchedFolder::mark).forEach(marks::add);
    if (!Files.isDirectory(folder)) {
      return marks;
    }
    try (Stream<Path> inside = Files.list(folder)) {
      inside.map(WatchedFolder::mark).forEach(marks::add);
    }
    return marks;
  }

  private static String mark(Path file) {
    try {
      return "%s %d %s".formatted(file, Files.size(file), Files.getLastModifiedTime(file));
    } catch (IOException gone) {
      return file + " gone";
    }
  }
}
