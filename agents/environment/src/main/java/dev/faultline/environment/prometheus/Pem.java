package dev.faultline.environment.prometheus;

import dev.faultline.environment.secret.SecretFile;
import dev.faultline.judge.BlindReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and keys in PEM. */
final class Pem {

  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----");

  private Pem() {}

  /** Every certificate of a file, in its order; at least one. */
  static List<X509Certificate> certificates(String key, String file, Path base)
      throws BlindException {
    try (InputStream in = Files.newInputStream(base.resolve(file))) {
      List<X509Certificate> all =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (all.isEmpty()) {
        throw refused("%s %s holds no certificate".formatted(key, file));
      }
      return all;
    } catch (CertificateException senseless) {
      throw new BlindException(
          BlindReason.REFUSED, "%s %s holds no certificate in PEM".formatted(key, file), senseless);
    } catch (IOException | InvalidPathException failure) {
      throw new BlindException(
          BlindReason.REFUSED,
          "%s %s cannot be read (%s)".formatted(key, file, failure.getClass().getSimpleName()),
          failure);
    }
  }

  /**
   * The private key of a file.
   *
   * @param algorithm of the certificate that it belongs to
   */
  @SuppressWarnings("UnusedException") // nothing of the content is told
  static PrivateKey key(SecretFile file, String algorithm) throws BlindException {
    String text;
    try {
      text = file.read("key");
    } catch (SecretFile.NoSecret none) {
      throw new BlindException(BlindReason.REFUSED, none.words(), none);
    }
    Matcher found = PKCS8.matcher(text);
    if (!found.find()) {
      throw refused(
          "keyFile %s holds no plain key of PKCS #8; convert it with 'openssl pkcs8 -topk8 -nocrypt'"
              .formatted(file.file()));
    }
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(found.group(1));
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException unfit) {
      throw refused(
          "keyFile %s holds no key that fits the certificate (%s)"
              .formatted(file.file(), algorithm));
    }
  }

  private static BlindException refused(String words) {
    return new BlindException(BlindReason.REFUSED, words);
  }
}
