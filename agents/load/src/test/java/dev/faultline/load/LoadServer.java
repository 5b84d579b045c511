package dev.faultline.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that answers every request, after what its behaviour does first. */
public final class LoadServer implements AutoCloseable {

  public static final int SILENCE = -1;

  /** What is done before an answer; returns its status, 0 to cut the connection off, or silence. */
  public interface Behaviour {
    int before(int request) throws InterruptedException;
  }

  private final ServerSocket server = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
  private final Behaviour behaviour;
  private final Collection<String> heads = new ConcurrentLinkedQueue<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  public LoadServer(Behaviour behaviour) throws IOException {
    this.behaviour = behaviour;
    threads.add(Thread.startVirtualThread(this::accept));
  }

  public static LoadServer hanging() throws IOException {
    return new LoadServer(
        request -> {
          Thread.sleep(Duration.ofMinutes(5));
          return 200;
        });
  }

  public String url() {
    return "http://127.0.0.1:%d/".formatted(server.getLocalPort());
  }

  LoadOrder order(double rate, Duration timeout) {
    return LoadOrder.of(get(false, server.getLocalPort()), rate, timeout);
  }

  /** A plain request to a port of this machine. */
  static LoadRequest get(boolean secure, int port) {
    return new LoadRequest("GET", secure, "127.0.0.1", port, "/", Map.of(), Optional.empty());
  }

  /** Everything that was read, in pieces that each end with the head of a request. */
  public Collection<String> heads() {
    return heads;
  }

  public int requests() {
    return requests.get();
  }

  public int connections() {
    return connections.size();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket connection : connections) {
      connection.close();
    }
    threads.forEach(Thread::interrupt);
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = server.accept();
        connections.add(connection);
        threads.add(Thread.startVirtualThread(() -> serve(connection)));
      }
    } catch (IOException closed) {
      assert server.isClosed();
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(connection.getInputStream());
      OutputStream out = connection.getOutputStream();
      for (String head = readHead(in); !head.isEmpty(); head = readHead(in)) {
        heads.add(head);
        int status = behaviour.before(requests.getAndIncrement());
        if (status == 0) {
          connection.setSoLinger(true, 0);
          return;
        }
        if (status == SILENCE) {
          continue;
        }
        out.write(
            "HTTP/1.1 %d Words\r\nContent-Length: 2\r\n\r\nok"
                .formatted(status)
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
      }
    } catch (IOException | InterruptedException ended) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(connection);
    }
  }

  /** What came since the last head: the rest of a body, and the next head. */
  private static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int next = in.read(); next >= 0; next = in.read()) {
      head.append((char) next);
      if (next == '\n' && head.toString().endsWith("\r\n\r\n")) {
        return head.toString();
      }
    }
    return "";
  }
}
