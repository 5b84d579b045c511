package dev.faultline.environment.kubernetes;

import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.net.http.HttpClient;

/**
 * Clients that follow no redirect: an API server sends none of its own, and what answers behind its
 * proxy must not be able to send our credentials elsewhere.
 */
final class StraightClients extends JdkHttpClientFactory {

  @Override
  protected void additionalConfig(HttpClient.Builder builder) {
    builder.followRedirects(HttpClient.Redirect.NEVER);
  }
}
