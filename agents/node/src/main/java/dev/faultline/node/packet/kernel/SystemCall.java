package dev.faultline.node.packet.kernel;

/** The calls that are made, by their numbers. */
enum SystemCall {
  READ(0, 63),
  WRITE(1, 64),
  CLOSE(3, 57),
  SOCKET(41, 198),
  SENDTO(44, 206),
  RECVFROM(45, 207),
  BIND(49, 200),
  SETSOCKOPT(54, 208),
  SETPRIORITY(141, 140),
  PRCTL(157, 167),
  TIMER_CREATE(222, 107),
  TIMER_SETTIME(223, 110),
  OPENAT(257, 56),
  PPOLL(271, 73),
  EVENTFD2(290, 19),
  RECVMMSG(299, 243),
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
      throw new UnsupportedOperationException("faults of packets need Linux");
    }
    return switch (System.getProperty("os.arch", "")) {
      case "amd64", "x86_64" -> x86;
      case "aarch64" -> arm;
      default ->
          throw new UnsupportedOperationException(
              "faults of packets need x86-64 or ARM64, not " + System.getProperty("os.arch"));
    };
  }
}
