package dev.faultline.node.packet.kernel;

/** The calls that are made, by their numbers. */
public enum SystemCall {
  /** Reads from a descriptor. */
  READ(0, 63),
  /** Writes to a descriptor. */
  WRITE(1, 64),
  /** Closes a descriptor. */
  CLOSE(3, 57),
  /** Reads from a place in a file. */
  PREAD64(17, 67),
  /** Writes to a place in a file. */
  PWRITE64(18, 68),
  /** Makes a socket. */
  SOCKET(41, 198),
  /** Sends. */
  SENDTO(44, 206),
  /** Receives. */
  RECVFROM(45, 207),
  /** Gives a socket its address. */
  BIND(49, 200),
  /** Sets an option of a socket. */
  SETSOCKOPT(54, 208),
  /** Waits for a process that is traced. */
  WAIT4(61, 260),
  /** Waits until what was written is on the disk. */
  FDATASYNC(75, 83),
  /** Traces a thread. */
  PTRACE(101, 117),
  /** Sets how nice a thread is. */
  SETPRIORITY(141, 140),
  /** Sets what is special about a thread. */
  PRCTL(157, 167),
  /** Makes a timer. */
  TIMER_CREATE(222, 107),
  /** Tells how a file will be used. */
  FADVISE64(221, 223),
  /** Sets a timer. */
  TIMER_SETTIME(223, 110),
  /** Ends a timer. */
  TIMER_DELETE(226, 111),
  /** Reads a clock. */
  CLOCK_GETTIME(228, 113),
  /** Opens a file. */
  OPENAT(257, 56),
  /** Takes a name from a file. */
  UNLINKAT(263, 35),
  /** Leaves a namespace for a new one. */
  UNSHARE(272, 97),
  /** Waits for descriptors. */
  PPOLL(271, 73),
  /** Sets space of a file system aside for a file. */
  FALLOCATE(285, 47),
  /** Makes a counter that can be waited for. */
  EVENTFD2(290, 19),
  /** Reads and sets the limits of a process. */
  PRLIMIT64(302, 261),
  /** Receives many messages. */
  RECVMMSG(299, 243),
  /** Enters a namespace. */
  SETNS(308, 268);

  private final int x86;
  private final int arm;

  SystemCall(int x86, int arm) {
    this.x86 = x86;
    this.arm = arm;
  }

  /**
   * The number on this machine.
   *
   * @throws UnsupportedOperationException on a system or processor whose numbers are not known
   */
  long number() {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      throw new UnsupportedOperationException("this needs Linux");
    }
    return switch (System.getProperty("os.arch", "")) {
      case "amd64", "x86_64" -> x86;
      case "aarch64" -> arm;
      default ->
          throw new UnsupportedOperationException(
              "this needs x86-64 or ARM64, not " + System.getProperty("os.arch"));
    };
  }
}
