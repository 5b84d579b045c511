import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Hashtable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.InitialDirContext;

/**
 * A shop that asks DNS where its database is for each request, and a server of DNS that knows.
 *
 * <p>When DNS fails the shop goes on with the address that it knows: {@code java NamedShop.java
 * ADDRESS PORT}.
 */
final class NamedShop {

  private static final String DATABASE = "db.shop.internal";
  private static final int HEADER = 12;

  private final AtomicReference<String> known = new AtomicReference<>("");
  private final Hashtable<String, String> client = new Hashtable<>();

  private NamedShop(String names) {
    client.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    client.put(Context.PROVIDER_URL, "dns://" + names);
    client.put("com.sun.jndi.dns.timeout.initial", "200");
    client.put("com.sun.jndi.dns.timeout.retries", "1");
  }

  public static void main(String[] words) throws IOException {
    InetAddress address = InetAddress.ofLiteral(words[0]);
    DatagramSocket names = new DatagramSocket(new InetSocketAddress(address, 53));
    Thread.ofPlatform().start(() -> answer(names));
    NamedShop shop = new NamedShop(words[0]);
    InetSocketAddress door = new InetSocketAddress(address, Integer.parseInt(words[1]));
    HttpServer server = HttpServer.create(door, 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", shop::serve);
    server.start();
  }

  private void serve(HttpExchange exchange) throws IOException {
    String found = lookUp();
    byte[] page = ("The database is at " + found + ".\n").getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(found.isEmpty() ? 503 : 200, page.length);
    exchange.getResponseBody().write(page);
    exchange.close();
  }

  private String lookUp() {
    try {
      InitialDirContext directory = new InitialDirContext(client);
      try {
        known.set(directory.getAttributes(DATABASE, new String[] {"A"}).get("A").get().toString());
      } finally {
        directory.close();
      }
    } catch (NamingException failed) {
      System.out.println("DNS does not know " + DATABASE + ": " + failed.getMessage());
    }
    return known.get();
  }

  /** Every name has this server's own address, for a second. */
  private static void answer(DatagramSocket names) {
    byte[] room = new byte[512];
    while (!names.isClosed()) {
      DatagramPacket packet = new DatagramPacket(room, room.length);
      try {
        names.receive(packet);
        ByteBuffer question = ByteBuffer.wrap(room, 0, packet.getLength());
        int end = HEADER;
        while (question.get(end) != 0) {
          end += 1 + question.get(end);
        }
        ByteBuffer answer = ByteBuffer.allocate(room.length);
        answer.putShort(question.getShort(0)).putShort((short) 0x8580);
        answer.putShort((short) 1).putShort((short) 1).putInt(0);
        answer.put(question.slice(HEADER, end + 5 - HEADER));
        answer.putShort((short) 0xC00C).putInt(0x0001_0001).putInt(1).putShort((short) 4);
        answer.put(names.getLocalAddress().getAddress());
        names.send(
            new DatagramPacket(answer.array(), answer.position(), packet.getSocketAddress()));
      } catch (IOException | IndexOutOfBoundsException broken) {
        System.out.println("no question: " + broken.getMessage());
      }
    }
  }
}
