package dev.faultline.app;

import java.lang.reflect.Constructor;
import picocli.CommandLine;

/** Makes commands: each takes the console. */
final class Commands implements CommandLine.IFactory {

  private final Console console;

  Commands(Console console) {
    this.console = console;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    try {
      Constructor<K> constructor = type.getDeclaredConstructor(Console.class);
      return constructor.newInstance(console);
    } catch (NoSuchMethodException plain) {
      return CommandLine.defaultFactory().create(type);
    }
  }
}
