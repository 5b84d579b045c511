package dev.faultline.app.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is looked at on every machine. */
final class General {

  private static final long LITTLE_MEMORY = 512L << 20;
  private static final long LITTLE_DISK = 500L << 20;
  private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s+(\\d+) kB");

  private final Machine machine;

  General(Machine machine) {
    this.machine = machine;
  }

  List<Seen> all() {
    return List.of(
        java(),
        memory(),
        folder("state", machine.state(), "journals of runs", "XDG_STATE_HOME"),
        folder("cache", machine.cache(), "programs that labs download or unpack", "XDG_CACHE_HOME"),
        postgres(),
        prometheus(),
        servers(),
        attach(),
        packets(),
        queues(),
        chromium());
  }

  private static Seen java() {
    return Seen.ok(
        "java",
        "%s, %s".formatted(Runtime.version(), System.getProperty("java.home")),
        "Faultline and labs of Java");
  }

  private Seen memory() {
    Matcher free = AVAILABLE.matcher(machine.kernel("/proc/meminfo").orElse(""));
    String purpose = "a lab with a database takes some 500 MiB";
    if (!free.find()) {
      return Seen.warning("memory", "this system does not say", purpose, "look for yourself");
    }
    long bytes = Long.parseLong(free.group(1)) << 10;
    return bytes < LITTLE_MEMORY
        ? Seen.warning("memory", size(bytes) + " free", purpose, "end what is not needed")
        : Seen.ok("memory", size(bytes) + " free", purpose);
  }

  private static String size(long bytes) {
    return bytes >> 30 > 9 ? "%d GiB".formatted(bytes >> 30) : "%d MiB".formatted(bytes >> 20);
  }

  private Seen folder(String name, Path wanted, String purpose, String variable) {
    Path folder = machine.nearest(wanted);
    if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
      return Seen.missing(
          name,
          "%s cannot be written".formatted(folder),
          purpose,
          "set %s to a folder of yours".formatted(variable));
    }
    try {
      long free = Files.getFileStore(folder).getUsableSpace();
      String detail = "%s, %s free".formatted(wanted, size(free));
      return free < LITTLE_DISK
          ? Seen.warning(name, detail, purpose, "make room, or set " + variable)
          : Seen.ok(name, detail, purpose);
    } catch (IOException unknown) {
      return Seen.warning(name, wanted.toString(), purpose, "how much is free is not known");
    }
  }

  /** The archive of PostgreSQL comes with Faultline, for the machines that it was built for. */
  Seen postgres() {
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    String machineName = arch.equals("amd64") ? "x86_64" : arch.equals("aarch64") ? "arm_64" : arch;
    boolean there =
        General.class.getResource("/postgres-linux-%s.txz".formatted(machineName)) != null;
    String purpose = "databases of a lab";
    return there
        ? Seen.ok("postgresql", "comes with Faultline", purpose)
        : Seen.warning(
            "postgresql",
            "none for %s comes with this Faultline".formatted(arch),
            purpose,
            "build Faultline on a machine like this one");
  }

  Seen prometheus() {
    String purpose = "gates of 'prometheus' in a lab";
    Optional<Path> here = machine.onPath("prometheus");
    if (here.isPresent()) {
      return Seen.ok("prometheus", here.get().toString(), purpose);
    }
    try (Stream<Path> cached =
        Files.find(
            machine.cache(),
            4,
            (path, _) ->
                path.endsWith("prometheus")
                    && Files.isExecutable(path)
                    && Files.isRegularFile(path))) {
      Optional<Path> kept = cached.findFirst();
      if (kept.isPresent()) {
        return Seen.ok("prometheus", kept.get().toString(), purpose);
      }
    } catch (IOException nothingCached) {
      return fetched(purpose);
    }
    return fetched(purpose);
  }

  private Seen fetched(String purpose) {
    return machine.onPath("apt-get").isPresent()
        ? Seen.ok(
            "prometheus", "not here; the first run that needs it fetches it by apt-get", purpose)
        : Seen.warning(
            "prometheus",
            "not here, and there is no apt-get",
            purpose,
            "install it so that 'prometheus' is on the PATH");
  }

  /** PostgreSQL refuses to run as root. */
  Seen servers() {
    String purpose = "databases of a lab, which refuse to run as root";
    if (!machine.root()) {
      return Seen.ok("server user", "not root", purpose);
    }
    if (machine.works("unshare", "-U", "true")) {
      return Seen.ok("server user", "root, in a user namespace", purpose);
    }
    return machine.onPath("setpriv").isPresent()
        ? Seen.ok("server user", "root, as nobody by setpriv", purpose)
        : Seen.warning(
            "server user",
            "root, without user namespaces and without setpriv",
            purpose,
            "run Faultline as another user, or install util-linux");
  }

  private Seen attach() {
    String scope = machine.kernel("/proc/sys/kernel/yama/ptrace_scope").orElse("0");
    String purpose = "looking into processes of the same user";
    return scope.matches("[01]") || machine.root()
        ? Seen.ok("ptrace", "scope " + scope, purpose)
        : Seen.warning(
            "ptrace", "scope " + scope, purpose, "sysctl kernel.yama.ptrace_scope=1, as root");
  }

  private Seen packets() {
    String purpose = "faults of packets; relays need neither it nor root";
    if (machine.onPath("nft").or(() -> sbin("nft")).isEmpty()) {
      return Seen.warning("nft", "not on the PATH", purpose, "install nftables");
    }
    return machine.root()
        ? Seen.ok("nft", "there, and this is root", purpose)
        : Seen.warning("nft", "there, but this is not root", purpose, "run Faultline by sudo");
  }

  private static Optional<Path> sbin(String program) {
    return Stream.of("/usr/sbin", "/sbin")
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private Seen queues() {
    String purpose = "faults of packets";
    boolean there =
        Files.exists(Path.of("/proc/net/netfilter/nfnetlink_queue"))
            || machine.works("modinfo", "nfnetlink_queue");
    return there
        ? Seen.ok("nfqueue", "this kernel has it", purpose)
        : Seen.warning("nfqueue", "this kernel does not show it", purpose, "load nfnetlink_queue");
  }

  private Seen chromium() {
    String purpose = "screenshots of reports in Faultline's own tests";
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .map(machine::onPath)
        .flatMap(Optional::stream)
        .findFirst()
        .map(found -> Seen.ok("chromium", found.toString(), purpose))
        .orElseGet(() -> Seen.warning("chromium", "not on the PATH", purpose, "install chromium"));
  }
}
