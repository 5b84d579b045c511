package dev.faultline.app;

import dev.faultline.model.codec.Codec;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Sink;

/** Every event as a line of JSON. */
final class JsonLines implements Sink {

  private final Page out;

  JsonLines(Page out) {
    this.out = out;
  }

  @Override
  public void accept(Entry entry) {
    out.line(Codec.json().writeValueAsString(entry));
  }
}
