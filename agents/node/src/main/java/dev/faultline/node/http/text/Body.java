package dev.faultline.node.http.text;

import dev.faultline.node.http.message.Fields;
import java.io.EOFException;
import java.io.IOException;

/** Reads a body as it comes, and not a byte beyond it. For one thread. */
public sealed interface Body permits Body.Sized, Body.Rest, Chunks {

  /** The most that one read gives. */
  int PIECE = 16 << 10;

  /**
   * Some of it; -1 at its end. Waits for it.
   *
   * @throws EOFException when the sender has ended before
   * @throws MalformedHttp when it breaks its framing
   */
  int read(byte[] into) throws IOException;

  /** What followed it, once its end was read. */
  Fields trailers();

  static Body of(Framing framing, Source source) {
    return switch (framing) {
      case Framing.None _ -> new Sized(source, 0);
      case Framing.Length length -> new Sized(source, length.bytes());
      case Framing.Chunked _ -> new Chunks(source);
      case Framing.UntilEnd _ -> new Rest(source);
    };
  }

  /** So many bytes. */
  final class Sized implements Body {

    private final Source source;
    private long left;

    private Sized(Source source, long length) {
      this.source = source;
      this.left = length;
    }

    @Override
    public int read(byte[] into) throws IOException {
      if (left == 0) {
        return -1;
      }
      int count = source.read(into, 0, (int) Math.min(into.length, left));
      if (count < 0) {
        throw new EOFException("a body ended %d bytes early".formatted(left));
      }
      left -= count;
      return count;
    }

    @Override
    public Fields trailers() {
      return Fields.NONE;
    }
  }

  /** Whatever comes. */
  record Rest(Source source) implements Body {

    @Override
    public int read(byte[] into) throws IOException {
      return source.read(into, 0, into.length);
    }

    @Override
    public Fields trailers() {
      return Fields.NONE;
    }
  }
}
