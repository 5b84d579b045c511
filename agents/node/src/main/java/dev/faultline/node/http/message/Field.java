package dev.faultline.node.http.message;

/**
 * One header field.
 *
 * @param name in the case in which it was sent
 * @param value one character for each byte (ISO 8859-1), so that all bytes survive
 * @param sensitive whether its sender forbids tables of compression to hold it (HTTP/2)
 */
public record Field(String name, String value, boolean sensitive) {

  public Field(String name, String value) {
    this(name, value, false);
  }

  /** Whether it has this name, in any case. */
  public boolean isNamed(String other) {
    return name.equalsIgnoreCase(other);
  }
}
