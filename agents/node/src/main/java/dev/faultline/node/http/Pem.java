package dev.faultline.node.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Reads keys and certificates. */
final class Pem {

  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
  private static final List<String> KINDS = List.of("RSA", "EC", "EdDSA");

  private Pem() {}

  static SSLContext identity(Tls.Keys keys) throws IOException {
    try {
      KeyStore store = empty();
      Certificate[] chain = certificates(keys.certificate()).toArray(Certificate[]::new);
      store.setKeyEntry("relay", privateKey(keys.key()), new char[0], chain);
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException unusable) {
      throw new IOException(
          "%s and %s are of no use for TLS: %s"
              .formatted(keys.certificate(), keys.key(), unusable.getMessage()),
          unusable);
    }
  }

  static SSLContext trust(Path file) throws IOException {
    try {
      KeyStore store = empty();
      int number = 0;
      for (Certificate certificate : certificates(file)) {
        store.setCertificateEntry("trusted-" + number++, certificate);
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException unusable) {
      throw new IOException(
          "%s is of no use for TLS: %s".formatted(file, unusable.getMessage()), unusable);
    }
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static List<? extends Certificate> certificates(Path file)
      throws GeneralSecurityException, IOException {
    try (InputStream in = Files.newInputStream(file)) {
      var certificates =
          List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
      if (certificates.isEmpty()) {
        throw new GeneralSecurityException("no certificate in it");
      }
      return certificates;
    }
  }

  private static PrivateKey privateKey(Path file) throws GeneralSecurityException, IOException {
    Matcher matcher = PRIVATE_KEY.matcher(Files.readString(file));
    if (!matcher.find()) {
      throw new GeneralSecurityException(
          "no BEGIN PRIVATE KEY in the file of the key; `openssl pkcs8 -topk8 -nodes` writes it"
              + " so");
    }
    PKCS8EncodedKeySpec encoded =
        new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(matcher.group(1)));
    GeneralSecurityException last = new GeneralSecurityException("an unknown kind of key");
    for (String kind : KINDS) {
      try {
        return KeyFactory.getInstance(kind).generatePrivate(encoded);
      } catch (GeneralSecurityException other) {
        last = other;
      }
    }
    throw last;
  }
}
