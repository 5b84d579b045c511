package dev.faultline.environment.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import okio.Buffer;
import okio.ByteString;

/** Takes the body of an answer as it arrives, up to a size; then it has enough. */
final class Taking implements AsyncBody.Consumer<List<ByteBuffer>> {

  private final long most;
  private final Buffer taken = new Buffer();
  private final CompletableFuture<Boolean> enough = new CompletableFuture<>();

  /** Nothing yet. */
  Taking(long most) {
    this.most = most;
  }

  @Override
  public void consume(List<ByteBuffer> parts, AsyncBody body) {
    synchronized (taken) {
      for (ByteBuffer part : parts) {
        byte[] bytes = new byte[(int) Math.min(part.remaining(), most - taken.size())];
        part.get(bytes);
        taken.write(bytes);
      }
      if (taken.size() >= most) {
        enough.complete(true);
        return;
      }
    }
    body.consume();
  }

  /** Done when the body has ended, or there is enough of it. */
  CompletableFuture<Object> ended(CompletableFuture<Void> done) {
    return CompletableFuture.anyOf(done, enough);
  }

  /** What was taken. */
  ByteString all() {
    synchronized (taken) {
      return taken.snapshot();
    }
  }
}
