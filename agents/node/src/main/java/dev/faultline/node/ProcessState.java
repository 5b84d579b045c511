package dev.faultline.node;

/** What has become of the process that a {@link ProcessIdentity} names. */
public enum ProcessState {
  /** It exists and may run; sleeping and waiting for a disk count as running. */
  RUNNING,
  /** It exists and is held, by a stop signal or by a tracer. */
  STOPPED,
  /** It has ended: no such pid, another process under that pid, another boot, or a zombie. */
  GONE
}
