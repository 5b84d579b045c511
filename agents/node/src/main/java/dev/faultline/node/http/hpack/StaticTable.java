package dev.faultline.node.http.hpack;

import dev.faultline.node.http.message.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** RFC 7541, appendix A. */
final class StaticTable {

  private static final String TEXT =
      """
      :authority
      :method GET
      :method POST
      :path /
      :path /index.html
      :scheme http
      :scheme https
      :status 200
      :status 204
      :status 206
      :status 304
      :status 400
      :status 404
      :status 500
      accept-charset
      accept-encoding gzip, deflate
      accept-language
      accept-ranges
      accept
      access-control-allow-origin
      age
      allow
      authorization
      cache-control
      content-disposition
      content-encoding
      content-language
      content-length
      content-location
      content-range
      content-type
      cookie
      date
      etag
      expect
      expires
      from
      host
      if-match
      if-modified-since
      if-none-match
      if-range
      if-unmodified-since
      last-modified
      link
      location
      max-forwards
      proxy-authenticate
      proxy-authorization
      range
      referer
      refresh
      retry-after
      server
      set-cookie
      strict-transport-security
      transfer-encoding
      user-agent
      vary
      via
      www-authenticate
      """;

  private static final List<Field> FIELDS = new ArrayList<>();
  private static final Map<Field, Integer> WHOLE = new HashMap<>();
  private static final Map<String, Integer> NAMES = new HashMap<>();

  static {
    for (String line : TEXT.lines().toList()) {
      int blank = line.indexOf(' ');
      Field field =
          blank < 0
              ? new Field(line, "")
              : new Field(line.substring(0, blank), line.substring(blank + 1));
      FIELDS.add(field);
      WHOLE.putIfAbsent(field, FIELDS.size());
      NAMES.putIfAbsent(field.name(), FIELDS.size());
    }
  }

  private StaticTable() {}

  static int size() {
    return FIELDS.size();
  }

  /**
   * @param index from 1
   */
  static Field get(int index) {
    return FIELDS.get(index - 1);
  }

  /** The index of a field; 0 when it is not there. */
  static int find(Field field) {
    return WHOLE.getOrDefault(field, 0);
  }

  /** The index of a field of that name; 0 when there is none. */
  static int find(String name) {
    return NAMES.getOrDefault(name, 0);
  }
}
