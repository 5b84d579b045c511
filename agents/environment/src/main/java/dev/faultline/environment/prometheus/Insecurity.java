package dev.faultline.environment.prometheus;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Why a connection could not be secured, in words that say what to do. */
final class Insecurity {

  private Insecurity() {}

  static String words(SSLException failure) {
    if (failure instanceof SSLPeerUnverifiedException) {
      return "its certificate is made out to another name than the url has";
    }
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof CertificateExpiredException) {
        return "its certificate has expired";
      }
      if (at instanceof CertPathBuilderException || at instanceof CertPathValidatorException) {
        return "its certificate is signed by nobody who is trusted; 'tls.caFile' names who is";
      }
    }
    String said = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return said.contains("certificate_required") || said.contains("bad_certificate")
        ? "it wants a certificate of ours ('tls.certFile' and 'tls.keyFile')"
        : "the handshake failed; is https right for this port?";
  }
}
