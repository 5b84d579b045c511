package dev.faultline.engine.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The folder of all runs of a user, and the locks between them. Folders are of mode 0700. */
public final class RunStore {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final int LONGEST = 40;

  private final Path root;
  private final UnaryOperator<JournalFile> medium;
  private final Set<Path> held = ConcurrentHashMap.newKeySet();

  /** A store below this folder, which is made when it is first needed. */
  public RunStore(Path root) {
    this(root, UnaryOperator.identity());
  }

  /** A store whose journals go through a medium of the caller's. */
  public RunStore(Path root, UnaryOperator<JournalFile> medium) {
    this.root = root;
    this.medium = medium;
  }

  /**
   * Makes the folder of a new run.
   *
   * @throws IOException when there is no permission or no room
   */
  public RunFolder create(String experiment, Instant now) throws IOException {
    // The id is also the mark of the run's fuses, which has room for 64 letters.
    String name = experiment.length() > LONGEST ? experiment.substring(0, LONGEST) : experiment;
    String stem = STAMP.format(now) + "-" + name;
    for (int twin = 0; ; twin++) {
      String id = twin == 0 ? stem : stem + "-" + (twin + 1);
      Path folder = make(runs()).resolve(id);
      if (claim(folder)) {
        return new RunFolder(id, folder);
      }
    }
  }

  /** Takes an id for a run; empty where it was ever taken: no id is run twice. */
  public Optional<RunFolder> claim(String id) throws IOException {
    Path folder = make(runs()).resolve(id);
    return claim(folder) ? Optional.of(new RunFolder(id, folder)) : Optional.empty();
  }

  /** What stops runs of this store from outside. */
  public Lever lever() {
    return new Lever(root);
  }

  /** A folder of the schedule, made when it is first needed. */
  public Path schedule() throws IOException {
    return make(root.resolve("schedule"));
  }

  /** Takes the lock of the schedule: one daemon begins the runs of a user. */
  public Optional<FileGuard> lockSchedule() throws IOException {
    return FileGuard.tryTake(schedule().resolve("lock"), held);
  }

  /** The log of who did what. */
  public Path audit() {
    return root.resolve("audit.jsonl");
  }

  /** Takes the lock of that log: whoever has it may append to it. */
  public Optional<FileGuard> lockAudit() throws IOException {
    return FileGuard.tryTake(make(root).resolve("audit.lock"), held);
  }

  /** A folder that is never made, for a plan: whoever wants to clean up there finds nothing. */
  public RunFolder noRun() {
    return new RunFolder("plan", root.resolve("no-run"));
  }

  private static boolean claim(Path folder) throws IOException {
    try {
      Files.createDirectory(folder, PRIVATE);
      return true;
    } catch (FileAlreadyExistsException taken) {
      return false;
    }
  }

  /** Starts the journal of a run. */
  public Journal startJournal(RunFolder run) throws IOException {
    return new Journal(medium.apply(DiskJournalFile.create(run.journal())));
  }

  /**
   * Goes on with the journal of a run where its valid part ends; of a damaged one, a copy is kept.
   */
  public Journal resumeJournal(RunFolder run, JournalContent content) throws IOException {
    if (!content.whole()) {
      keepDamaged(run);
    }
    return new Journal(medium.apply(DiskJournalFile.append(run.journal(), content.validBytes())));
  }

  private static void keepDamaged(RunFolder run) throws IOException {
    Path copy = run.damaged();
    for (int twin = 2; Files.exists(copy); twin++) {
      copy = run.path().resolve("journal.damaged-" + twin);
    }
    Files.copy(run.journal(), copy, StandardCopyOption.COPY_ATTRIBUTES);
  }

  /** Every run, oldest first. */
  public List<RunFolder> all() throws IOException {
    if (!Files.isDirectory(runs())) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(runs())) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> new RunFolder(String.valueOf(folder.getFileName()), folder))
          .sorted(Comparator.comparing(RunFolder::id))
          .toList();
    }
  }

  /** The run of this id, or the only one whose id contains it. */
  public Optional<RunFolder> find(String id) throws IOException {
    List<RunFolder> all = all();
    List<RunFolder> near = all.stream().filter(run -> run.id().contains(id)).toList();
    return all.stream()
        .filter(run -> run.id().equals(id))
        .findFirst()
        .or(() -> near.size() == 1 ? Optional.of(near.getFirst()) : Optional.empty());
  }

  /** Takes the lock of a run: whoever has it may write its journal and undo its faults. */
  public Optional<FileGuard> lock(RunFolder run) throws IOException {
    return FileGuard.tryTake(run.lock(), held);
  }

  /** Whether some process, this one or another, runs or undoes the run at this moment. */
  public boolean isHeld(RunFolder run) throws IOException {
    Optional<FileGuard> free = Files.isDirectory(run.path()) ? lock(run) : Optional.empty();
    if (free.isEmpty()) {
      return Files.isDirectory(run.path());
    }
    free.get().close();
    return false;
  }

  /**
   * Removes the folder of a run, with all that is known of it. One that is on stays.
   *
   * @return whether it is gone
   */
  public boolean forget(RunFolder run) throws IOException {
    Optional<FileGuard> lock = lock(run);
    if (lock.isEmpty()) {
      return false;
    }
    try (FileGuard _ = lock.get();
        Stream<Path> below = Files.walk(run.path())) {
      for (Path each : below.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (UncheckedIOException unlisted) {
      throw new IOException(unlisted.getMessage(), unlisted);
    }
    return true;
  }

  /** Takes the lock of an environment: two runs in one environment would blame each other. */
  public Optional<FileGuard> lockEnvironment(String environment) throws IOException {
    return FileGuard.tryTake(make(root.resolve("locks")).resolve(environment + ".lock"), held);
  }

  private Path runs() {
    return root.resolve("runs");
  }

  static Path make(Path folder) throws IOException {
    return Files.createDirectories(folder, PRIVATE);
  }
}
