package dev.faultline.environment.route;

import java.io.Serial;

/** Why a router was not read, or did not do as it was told; says what would help. */
public final class RouterTrouble extends Exception {

  @Serial private static final long serialVersionUID = 1;

  /** What kind of trouble it is. */
  public enum Kind {
    /** There is no file where the socket should be. */
    ABSENT,
    /** The file is something else. */
    NOT_A_SOCKET,
    /** This user may not use the socket. */
    DENIED,
    /** Nobody listens at the socket. */
    NOBODY,
    /** The answer does not come, or does not end, in time. */
    SILENT,
    /** What it is told by is for looking only. */
    NOT_ADMIN,
    /** The router knows no such backend, or route. */
    NO_BACKEND,
    /** The backend has no such server, or the route no such cluster. */
    NO_SERVER,
    /** The backend's algorithm has fixed weights. */
    FIXED_WEIGHTS,
    /** The backend's algorithm does not send a user to the same server again. */
    NOT_STICKY,
    /** The router has no list of that name, or no such routes, to match requests by. */
    NO_LIST,
    /** Other servers of the backend take a part of the traffic. */
    OTHERS_SERVE,
    /** The file by which it is told is somebody else's, or cannot be written. */
    FOREIGN,
    /** That by which it is told was changed by others, or speaks of other servers. */
    CHANGED,
    /** The router does not take what it was told, and goes on as before. */
    NOT_TAKEN,
    /** The answer is none that is known. */
    UNCLEAR
  }

  private final Kind kind;

  /** Something in words, with what would help. */
  public RouterTrouble(Kind kind, String words) {
    super(words);
    this.kind = kind;
  }

  /** What kind of trouble it is. */
  public Kind kind() {
    return kind;
  }
}
