package dev.faultline.environment.route;

import dev.faultline.environment.route.RouterTrouble.Kind;
import java.util.List;
import java.util.Optional;

/**
 * By what Nginx's memory shows a share. Nginx answers no question about its configuration, but each
 * of its processes holds the shared zones of the one that it runs by, and the kernel tells how
 * large they are: the sizes of two zones, in which nothing is kept, are the share's percents and
 * the hundredths. Pure.
 *
 * <p>A name has one of {@value #SLOTS} ranges of sizes, from 1 to 17 MiB. They are where a page has
 * 4 KiB; where it has more, no share is shown, and nothing is shifted.
 *
 * @param name of the upstream
 */
record NginxMarks(String name) {

  private static final int SLOTS = 16;
  private static final int SLOT = 256;
  private static final int PAGE_KIB = 4;
  // Zones of others have round sizes, mostly.
  private static final int PERCENTS = 3;
  private static final int HUNDREDTHS = 131;

  /** The directives that make the zones of a share. */
  String zones(int parts) {
    return zone("percent", PERCENTS + parts / 100) + zone("hundredths", HUNDREDTHS + parts % 100);
  }

  private String zone(String digits, int page) {
    return "limit_conn_zone $binary_remote_addr zone=faultline_%s_%s:%dk;\n"
        .formatted(name, digits, (first() + page) * PAGE_KIB);
  }

  private int first() {
    return SLOT * (1 + Math.floorMod(name.hashCode(), SLOTS));
  }

  /**
   * The share that zones show, in parts; nothing when they show none.
   *
   * @param kibibytes the sizes of all shared zones of one process
   * @throws RouterTrouble when other zones are as large as these
   */
  Optional<Integer> read(List<Long> kibibytes) throws RouterTrouble {
    Optional<Integer> percents = digits(kibibytes, PERCENTS, 100);
    Optional<Integer> hundredths = digits(kibibytes, HUNDREDTHS, 99);
    return percents.flatMap(whole -> hundredths.map(part -> whole * 100 + part));
  }

  private Optional<Integer> digits(List<Long> kibibytes, int start, int largest)
      throws RouterTrouble {
    long from = (long) (first() + start) * PAGE_KIB;
    long to = from + (long) largest * PAGE_KIB;
    List<Long> fit = kibibytes.stream().filter(size -> from <= size && size <= to).toList();
    if (fit.size() > 1) {
      throw new RouterTrouble(
          Kind.UNCLEAR,
          "Nginx has %d shared zones of %dk to %dk, by which the share of upstream %s is seen: give the others another size, or the upstream another name"
              .formatted(fit.size(), from, to, name));
    }
    return fit.stream().findFirst().map(size -> (int) ((size - from) / PAGE_KIB));
  }
}
