package dev.faultline.node;

import java.util.List;

/**
 * Everything that a fuse needs once it is armed. Loaded beforehand, so that it still acts when the
 * jar it came from has been replaced or removed meanwhile.
 */
final class FuseClasses {

  private FuseClasses() {}

  /** Returns how many there are. Fails where {@code /proc}, on which every signal rests, fails. */
  static int load() {
    if (ProcessIdentity.self().state() == ProcessState.GONE) {
      throw new IllegalStateException("/proc does not know this process");
    }
    return List.of(
                CommandSocket.class,
                Exchange.class,
                Fired.class,
                Fired.Cause.class,
                Fired.Outcome.class,
                KillCommand.class,
                LeaseRecord.class,
                LeaseState.Held.class,
                LeaseState.Missing.class,
                LeaseState.Released.class,
                LeaseState.Unreadable.class,
                OwnedFile.class,
                ProcStat.class,
                ProcessState.class,
                SignalResult.Denied.class,
                SignalResult.Gone.class,
                SignalResult.Sent.class,
                StalenessWatch.class,
                Undo.class)
            .size()
        + PidFd.load();
  }
}
