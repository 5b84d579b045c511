package dev.faultline.node.http;

import dev.faultline.node.http.message.Fields;

/**
 * What faults see of a request, in either version of HTTP.
 *
 * @param target with its query; scheme and host too when it was sent with them
 */
record Request(String method, String target, Fields fields) {

  String pathAndQuery() {
    int scheme = target.indexOf("://");
    if (scheme < 0 || target.startsWith("/")) {
      return target;
    }
    int path = target.indexOf('/', scheme + 3);
    return path < 0 ? "/" : target.substring(path);
  }

  boolean isGrpc() {
    return fields
        .first("content-type")
        .filter(type -> type.startsWith("application/grpc"))
        .isPresent();
  }
}
