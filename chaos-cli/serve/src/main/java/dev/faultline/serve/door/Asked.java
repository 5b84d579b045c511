package dev.faultline.serve.door;

/**
 * What is known of a request before anything is done for it; what was not sent is empty.
 *
 * @param method in capitals
 * @param path without its query
 * @param host header {@code Host}
 * @param authorization header {@code Authorization}
 * @param cookies header {@code Cookie}
 * @param site header {@code Sec-Fetch-Site}: where the page comes from that asks
 * @param mode header {@code Sec-Fetch-Mode}: what it asks for
 */
public record Asked(
    String method,
    String path,
    String host,
    String authorization,
    String cookies,
    String site,
    String mode) {

  /** Whether nothing but the head of an answer is wanted. */
  public boolean isHead() {
    return method.equals("HEAD");
  }
}
