package dev.faultline.environment.prometheus;

import dev.faultline.environment.secret.SecretFile;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.environment.PrometheusEndpoint.Tls;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * How connections are secured.
 *
 * @param sockets makes them
 * @param trust whom they believe
 * @param anyName whether the name in a certificate counts for nothing
 */
record SecureSockets(SSLSocketFactory sockets, X509TrustManager trust, boolean anyName) {

  private static final char[] NO_PASSWORD = {};

  /**
   * Reads the files of a setting.
   *
   * @param base where relative paths begin
   * @throws BlindException when one of them cannot be used
   */
  static SecureSockets of(Tls tls, Path base) throws BlindException {
    try {
      boolean believeAll = tls.insecureSkipVerify().orElse(false);
      X509TrustManager trust = believeAll ? new Everybody() : trust(tls, base);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own(tls, base), new TrustManager[] {trust}, null);
      return new SecureSockets(context.getSocketFactory(), trust, believeAll);
    } catch (GeneralSecurityException | IOException unfit) {
      throw new BlindException(
          BlindReason.REFUSED, "the files of 'tls' do not fit each other", unfit);
    }
  }

  private static X509TrustManager trust(Tls tls, Path base)
      throws BlindException, GeneralSecurityException, IOException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(tls.caFile().isPresent() ? signers(tls.caFile().get(), base) : null);
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .map(X509TrustManager.class::cast)
        .findFirst()
        .orElseThrow(() -> new GeneralSecurityException("no trust manager"));
  }

  private static KeyStore signers(String file, Path base)
      throws BlindException, GeneralSecurityException, IOException {
    KeyStore store = empty();
    List<X509Certificate> signers = Pem.certificates("caFile", file, base);
    for (int i = 0; i < signers.size(); i++) {
      store.setCertificateEntry("signer-" + i, signers.get(i));
    }
    return store;
  }

  private static KeyManager @Nullable [] own(Tls tls, Path base)
      throws BlindException, GeneralSecurityException, IOException {
    if (tls.certFile().isEmpty() || tls.keyFile().isEmpty()) {
      return null;
    }
    List<X509Certificate> chain = Pem.certificates("certFile", tls.certFile().get(), base);
    SecretFile file = new SecretFile("keyFile", tls.keyFile().get(), base);
    KeyStore store = empty();
    store.setKeyEntry(
        "own",
        Pem.key(file, chain.getFirst().getPublicKey().getAlgorithm()),
        NO_PASSWORD,
        chain.toArray(Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  /** Believes whoever answers, which the user has asked for by name. */
  private static final class Everybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
