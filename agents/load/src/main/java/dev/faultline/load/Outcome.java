package dev.faultline.load;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Locale;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;

/** How one request ended. */
sealed interface Outcome {

  /** With a status of 2xx or 3xx, and the whole body. */
  record Answered() implements Outcome {}

  /**
   * In any other way.
   *
   * @param kind one of a few words, by which errors are counted
   */
  record Failure(String kind) implements Outcome {}

  /** An answer that has arrived to its end. */
  static Outcome of(int status) {
    return status >= 200 && status < 400 ? new Answered() : new Failure("http " + status);
  }

  /** Why there is no answer, or not all of it. */
  static Outcome of(IOException failure) {
    return new Failure(
        switch (failure) {
          case InterruptedIOException timeout -> "timeout";
          case ConnectException refused -> "connection refused";
          case UnknownHostException unknown -> "unknown host";
          case SocketException socket when says(socket, "reset") || says(socket, "broken pipe") ->
              "connection reset";
          case SocketException socket when says(socket, "too many open files") ->
              "other: too many open files";
          case NoHttpResponseException closed -> "connection closed";
          case ConnectionClosedException closed -> "connection closed";
          default -> "other: " + failure.getClass().getSimpleName();
        });
  }

  /**
   * An answer that is no HTTP, or what should not happen: that counts too, as its second would
   * otherwise never be complete.
   */
  static Outcome of(Exception failure) {
    return new Failure("other: " + failure.getClass().getSimpleName());
  }

  private static boolean says(IOException failure, String words) {
    String message = failure.getMessage();
    return message != null && message.toLowerCase(Locale.ROOT).contains(words);
  }
}
