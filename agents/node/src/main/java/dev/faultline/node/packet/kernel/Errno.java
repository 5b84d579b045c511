package dev.faultline.node.packet.kernel;

/** The errors that occur here, in words. */
final class Errno {

  static final int EPERM = 1;
  static final int ESRCH = 3;
  static final int EINTR = 4;
  static final int EAGAIN = 11;
  static final int EBUSY = 16;
  static final int ENOBUFS = 105;

  private Errno() {}

  static String text(int errno) {
    return switch (errno) {
      case 1 -> "not permitted (CAP_NET_ADMIN is needed)";
      case 2 -> "no such thing (ENOENT)";
      case 3 -> "no such process (ESRCH)";
      case 13 -> "no access (EACCES)";
      case 17 -> "it exists already (EEXIST)";
      case 22 -> "invalid argument (EINVAL)";
      case 24 -> "too many open files (EMFILE)";
      case 28 -> "no space left (ENOSPC)";
      case 90 -> "too long (EMSGSIZE)";
      case 93 -> "this kernel was built without it (EPROTONOSUPPORT)";
      case 95 -> "this kernel does not know it (EOPNOTSUPP)";
      case 97 -> "this kernel was built without it (EAFNOSUPPORT)";
      case 122 -> "over the quota (EDQUOT)";
      default -> "errno " + errno;
    };
  }
}
