package dev.faultline.node.cluster;

/** An object, or the note that it carries, is not what Faultline writes; it is left alone. */
public final class UnreadableNote extends Exception {

  private static final long serialVersionUID = 1;

  UnreadableNote(String words) {
    super(words);
  }
}
