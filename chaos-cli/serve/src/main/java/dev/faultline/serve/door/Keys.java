package dev.faultline.serve.door;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * The files that TLS needs, in PEM.
 *
 * @param certificate the certificate of the page, and those between it and its root
 * @param key its private key, as PKCS 8 without a password
 */
public record Keys(Path certificate, Path key) {

  private static final Pattern PRIVATE =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

  /** How each kind of key signs. */
  private static final Map<String, String> KINDS =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

  /**
   * What proves to a browser whose page it is.
   *
   * @throws Unservable when a file cannot be read, is none of these, or they do not belong together
   */
  public SSLContext identity() throws Unservable {
    List<Certificate> chain = chain();
    PrivateKey secret = secret();
    try {
      if (!together(chain.getFirst().getPublicKey(), secret)) {
        throw Unservable.wrong(
            "the key of %s does not belong to the certificate of %s".formatted(key, certificate),
            "what the one signs the other does not know",
            "name the two files that were made together with --tls-certificate and --tls-key");
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("page", secret, new char[0], chain.toArray(Certificate[]::new));
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException unusable) {
      throw Unservable.wrong(
          "%s and %s are of no use for TLS".formatted(certificate, key),
          String.valueOf(unusable.getMessage()),
          "make them anew");
    }
  }

  private List<Certificate> chain() throws Unservable {
    try (InputStream in = Files.newInputStream(certificate)) {
      List<Certificate> found =
          List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
      if (found.isEmpty()) {
        throw new CertificateException("there is none in it");
      }
      return found;
    } catch (IOException unreadable) {
      throw unreadable(certificate, "--tls-certificate", unreadable);
    } catch (CertificateException none) {
      throw Unservable.wrong(
          certificate + " has no certificate",
          String.valueOf(none.getMessage()),
          "name a file with BEGIN CERTIFICATE, the one of the page first, with --tls-certificate");
    }
  }

  private PrivateKey secret() throws Unservable {
    String text;
    try {
      text = Files.readString(key);
    } catch (IOException unreadable) {
      throw unreadable(key, "--tls-key", unreadable);
    }
    Matcher found = PRIVATE.matcher(text);
    return Optional.of(found)
        .filter(Matcher::find)
        .flatMap(one -> decoded(one.group(1)))
        .orElseThrow(
            () ->
                Unservable.wrong(
                    key + " has no private key that can be used",
                    "one as PKCS 8 (BEGIN PRIVATE KEY), without a password, is expected",
                    "convert it: openssl pkcs8 -topk8 -nodes -in %s -out page.key".formatted(key)));
  }

  private static Optional<PrivateKey> decoded(String base64) {
    return KINDS.keySet().stream().flatMap(kind -> decoded(kind, base64).stream()).findFirst();
  }

  private static Optional<PrivateKey> decoded(String kind, String base64) {
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(base64);
      return Optional.of(
          KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(bytes)));
    } catch (GeneralSecurityException | IllegalArgumentException another) {
      return Optional.empty();
    }
  }

  private static boolean together(PublicKey open, PrivateKey secret)
      throws GeneralSecurityException {
    String kind = KINDS.getOrDefault(secret.getAlgorithm(), "EdDSA");
    byte[] words = {1, 2, 3};
    try {
      Signature signing = Signature.getInstance(kind);
      signing.initSign(secret);
      signing.update(words);
      byte[] signed = signing.sign();
      Signature checking = Signature.getInstance(kind);
      checking.initVerify(open);
      checking.update(words);
      return checking.verify(signed);
    } catch (InvalidKeyException | SignatureException another) {
      return false;
    }
  }

  private static Unservable unreadable(Path file, String option, IOException why) {
    return Unservable.wrong(
        file + " cannot be read",
        why.getClass().getSimpleName() + ": " + why.getMessage(),
        "name a file that this user can read with " + option);
  }
}
