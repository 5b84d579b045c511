package dev.faultline.serve.live;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a page shows at a moment.
 *
 * @param parts the HTML of each part, by its name
 * @param said what a reader is told who cannot see it change
 * @param last whether nothing comes after it
 */
public record Shown(Map<String, String> parts, String said, boolean last) {

  /** Keeps the parts unchangeable, and in order. */
  public Shown {
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
  }
}
