package dev.faultline.environment.route;

import dev.faultline.environment.route.RouterTrouble.Kind;
import java.util.List;
import java.util.Optional;

/**
 * By what Nginx's memory shows what it has loaded. Nginx answers no question about its
 * configuration, but each of its processes holds the shared zones of the one that it runs by, and
 * the kernel tells how large they are: the sizes of two zones, in which nothing is kept, are the
 * share's percents and the hundredths, and those of two more are a checksum of the maps. Pure.
 *
 * <p>A name has one of {@value #SLOTS} ranges of sizes, from 1 to 17 MiB, and another from 17 to 33
 * MiB. They are where a page has 4 KiB; where it has more, no share is shown, and nothing is
 * shifted.
 *
 * @param name of the upstream
 */
record NginxMarks(String name) {

  private static final int SLOTS = 16;
  private static final int SLOT = 256;
  private static final int PAGE_KIB = 4;
  // Zones of others have round sizes, mostly.
  private static final int FIRST = 3;
  private static final int SECOND = 131;
  private static final int DIGITS = 120;

  /** The directives that make the zones of a mark. */
  String zones(NginxMark mark) {
    String share =
        zone("percent", page(0, FIRST) + mark.parts() / 100)
            + zone("hundredths", page(0, SECOND) + mark.parts() % 100);
    return mark.maps() == 0
        ? share
        : share
            + zone("maps", page(SLOTS, FIRST) + mark.maps() / DIGITS)
            + zone("maps_too", page(SLOTS, SECOND) + mark.maps() % DIGITS);
  }

  private String zone(String digits, int pages) {
    return "limit_conn_zone $binary_remote_addr zone=faultline_%s_%s:%dk;\n"
        .formatted(name, digits, pages * PAGE_KIB);
  }

  private int page(int behind, int start) {
    return SLOT * (1 + behind + Math.floorMod(name.hashCode(), SLOTS)) + start;
  }

  /**
   * The mark that zones show; nothing when they show none.
   *
   * @param kibibytes the sizes of all shared zones of one process
   * @throws RouterTrouble when other zones are as large as these
   */
  Optional<NginxMark> read(List<Long> kibibytes) throws RouterTrouble {
    Optional<Integer> percents = digits(kibibytes, page(0, FIRST), 100);
    Optional<Integer> hundredths = digits(kibibytes, page(0, SECOND), 99);
    Optional<Integer> first = digits(kibibytes, page(SLOTS, FIRST), DIGITS - 1);
    Optional<Integer> second = digits(kibibytes, page(SLOTS, SECOND), DIGITS - 1);
    int maps = first.flatMap(high -> second.map(low -> high * DIGITS + low)).orElse(0);
    return percents.flatMap(
        whole -> hundredths.map(part -> new NginxMark(whole * 100 + part, maps)));
  }

  private Optional<Integer> digits(List<Long> kibibytes, int start, int largest)
      throws RouterTrouble {
    long from = (long) start * PAGE_KIB;
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
