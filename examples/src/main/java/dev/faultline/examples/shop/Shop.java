package dev.faultline.examples.shop;

import java.io.IOException;

/** Starts one service of the shop, named by the only argument and set up by the environment. */
public final class Shop {
  private static final int EXIT_USAGE = 2;
  private static final String MOST_CONNECTIONS = "1000";

  private Shop() {}

  public static void main(String[] args) {
    try {
      start(args);
    } catch (BadSettingException e) {
      System.err.println("shop: " + e.getMessage());
      System.exit(EXIT_USAGE);
    }
  }

  private static void start(String[] args) throws BadSettingException {
    // Without it each answer on a kept connection can wait 40 ms for the peer's delayed ACK.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    // A lost connection is retried where it is counted (in Upstream), not silently in the JDK.
    System.setProperty("sun.net.http.retryPost", "false");
    System.setProperty("http.maxConnections", "64");
    // Each connection takes 25 kB of a small heap, and a heap without room ends the server: beyond
    // this many, new ones are closed at once.
    System.setProperty("jdk.httpserver.maxConnections", MOST_CONNECTIONS);
    // No connection is closed for being idle while its client may be about to use it.
    System.setProperty("sun.net.httpserver.maxIdleConnections", MOST_CONNECTIONS);
    if (args.length != 1) {
      throw new BadSettingException("give one service: gateway, orders, inventory or payments");
    }
    Settings settings = new Settings(System.getenv());
    switch (args[0]) {
      case "gateway" -> listen(Gateway.PATH, settings.port(8080), Gateway.from(settings));
      case "orders" ->
          listen(Orders.PATH, settings.port(8081), Unwell.from(settings, Orders.from(settings)));
      case "inventory" -> listen(Inventory.PATH, settings.port(8082), Inventory.from(settings));
      case "payments" -> listen(Payments.PATH, settings.port(8083), Payments.from(settings));
      default ->
          throw new BadSettingException(
              "unknown service '%s'; known: gateway, orders, inventory, payments"
                  .formatted(args[0]));
    }
  }

  private static void listen(String path, int port, Service service) throws BadSettingException {
    try {
      Server server = Server.start(port, path, service);
      Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
    } catch (IOException e) {
      throw new BadSettingException("PORT=%d: %s".formatted(port, e.getMessage()));
    }
    System.out.printf(
        "%s listens on http://127.0.0.1:%d%s%n", service.metrics().service(), port, path);
  }
}
