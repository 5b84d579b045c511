package dev.faultline.model.cluster;

/**
 * One object of a cluster. Its name may come again with another uid: that is another object.
 *
 * @param namespace where it is; empty for what is in none
 * @param uid what no other object ever has
 */
public record ObjectRef(ObjectKind kind, String namespace, String name, String uid) {

  /** The object in words, such as {@code deployment web}. */
  public String words() {
    return kind.word() + " " + name;
  }
}
