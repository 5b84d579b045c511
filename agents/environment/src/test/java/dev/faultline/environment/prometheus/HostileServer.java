package dev.faultline.environment.prometheus;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that does to each connection whatever its script says, HTTP or not. */
final class HostileServer implements AutoCloseable {

  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

  /** What is done after a request has come; the connection is closed afterwards. */
  interface Script {
    void serve(OutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Script script;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  HostileServer(Script script) throws IOException {
    this.script = script;
    threads.add(Thread.startVirtualThread(this::accept));
  }

  static HostileServer answering(int status, String body, String... headers) throws IOException {
    return new HostileServer(
        out -> out.write(answer(status, body, headers).getBytes(StandardCharsets.UTF_8)));
  }

  static String answer(int status, String body, String... headers) {
    return "HTTP/1.1 %d Words\r\nContent-Length: %d\r\n%s\r\n%s"
        .formatted(
            status,
            body.getBytes(StandardCharsets.UTF_8).length,
            String.join("", List.of(headers).stream().map(line -> line + "\r\n").toList()),
            body);
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** Each request as it came, head and body. */
  List<String> requests() {
    return requests;
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
      requests.add(read(connection.getInputStream()));
      script.serve(connection.getOutputStream());
      connection.getOutputStream().flush();
    } catch (SocketException clientHasGone) {
      connections.remove(connection);
    } catch (IOException | InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private static String read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no request");
      }
      head.write(next);
    }
    String text = head.toString(StandardCharsets.UTF_8);
    Matcher length = LENGTH.matcher(text);
    return length.find()
        ? text
            + new String(in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.UTF_8)
        : text;
  }
}
