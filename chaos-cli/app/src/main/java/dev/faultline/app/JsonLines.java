package dev.faultline.app;

import dev.faultline.model.codec.Codec;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Sink;
import java.io.PrintStream;

/** Every event as a line of JSON. */
final class JsonLines implements Sink {

  private final PrintStream out;

  JsonLines(PrintStream out) {
    this.out = out;
  }

  @Override
  public void accept(Entry entry) {
    out.println(Codec.json().writeValueAsString(entry));
  }
}
