package dev.faultline.environment.database.sql;

import dev.faultline.judge.BlindReason;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a failure of PostgreSQL or of the way to it means.
 *
 * @param reason whether it refused, was late or was not there
 * @param words one line of bounded length
 */
public record SqlTrouble(BlindReason reason, String words) {

  private static final int LONGEST = 300;
  private static final String CANCELLED = "57014";
  private static final String READ_ONLY = "25006";
  private static final int DEEPEST = 10;

  /** Reads a failure; the driver puts no password into its messages. */
  public static SqlTrouble of(SQLException failure) {
    String state = Optional.ofNullable(failure.getSQLState()).orElse("");
    String words = line(failure.getMessage());
    if (state.equals(CANCELLED) || caused(failure, SocketTimeoutException.class)) {
      return new SqlTrouble(BlindReason.TIMEOUT, "no answer in time: " + words);
    }
    if (caused(failure, UnknownHostException.class)) {
      return new SqlTrouble(BlindReason.UNREACHABLE, "unknown host: " + words);
    }
    if (caused(failure, ConnectException.class) || isOfTheWay(state)) {
      return new SqlTrouble(BlindReason.UNREACHABLE, words);
    }
    return new SqlTrouble(BlindReason.REFUSED, words);
  }

  /** Whether the server takes no writes: it was demoted, or never was the primary. */
  public static boolean isReadOnly(SQLException failure) {
    return READ_ONLY.equals(failure.getSQLState());
  }

  /** A text of a server's for a message: one line of bounded length. */
  public static String line(@Nullable String text) {
    String line =
        Optional.ofNullable(text).orElse("no words").replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }

  /** Connection lost or not made, server starting, stopping, crashed, or full. */
  private static boolean isOfTheWay(String state) {
    return state.startsWith("08") || state.startsWith("57P") || state.equals("53300");
  }

  private static boolean caused(SQLException failure, Class<? extends Throwable> type) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (type.isInstance(cause)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
