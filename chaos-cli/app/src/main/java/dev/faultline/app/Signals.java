package dev.faultline.app;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Signals of the operating system to this process.
 *
 * <p>{@code sun.misc.Signal}, in the supported module jdk.unsupported, is Java's only way to tell a
 * second Ctrl-C from the first. The compiler warns of each mention of it and cannot be told
 * otherwise, so it is reached by name.
 */
final class Signals {

  private Signals() {}

  /** Calls the action, on a thread of its own, whenever the signal comes. */
  static void handle(String name, Runnable action) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (method.getName().equals("handle")) {
            action.run();
            return null;
          }
          return InvocationHandler.invokeDefault(proxy, method, arguments);
        };
    try {
      Class<?> type = Class.forName("sun.misc.SignalHandler");
      install(
          name,
          Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {type}, handler));
    } catch (ReflectiveOperationException absent) {
      throw new IllegalStateException("this Java has no signals", absent);
    }
  }

  /** Gives the signal its usual effect again. */
  static void restore(String name) {
    try {
      install(name, Class.forName("sun.misc.SignalHandler").getField("SIG_DFL").get(null));
    } catch (ReflectiveOperationException absent) {
      throw new IllegalStateException("this Java has no signals", absent);
    }
  }

  private static void install(String name, Object handler) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> type = Class.forName("sun.misc.SignalHandler");
    Object number = signal.getConstructor(String.class).newInstance(name);
    signal.getMethod("handle", signal, type).invoke(null, number, handler);
  }
}
