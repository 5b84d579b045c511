package dev.faultline.node.packet.kernel;

import java.io.IOException;

/** The kernel refused something. */
public final class KernelException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Operation not permitted. */
  public static final int EPERM = 1;

  private final int errno;

  KernelException(String what, int errno) {
    super(what + ": " + Errno.text(errno));
    this.errno = errno;
  }

  /** The number of the error. */
  public int errno() {
    return errno;
  }
}
