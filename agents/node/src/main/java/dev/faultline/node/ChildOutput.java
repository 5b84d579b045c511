package dev.faultline.node;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;

/** Where a child's standard output or standard error goes. */
public sealed interface ChildOutput {

  /** Nowhere. */
  record Discard() implements ChildOutput {}

  /** To the end of a file, which is created when it is missing. */
  record Append(Path file) implements ChildOutput {}

  /** To whoever started it, who must read it, through {@link Child#process()}. */
  record Pipe() implements ChildOutput {}

  /** The same for {@link ProcessBuilder}. */
  default Redirect redirect() {
    return switch (this) {
      case Discard discard -> Redirect.DISCARD;
      case Append(Path file) -> Redirect.appendTo(file.toFile());
      case Pipe pipe -> Redirect.PIPE;
    };
  }
}
