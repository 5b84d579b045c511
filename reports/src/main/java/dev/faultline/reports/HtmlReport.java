package dev.faultline.reports;

import dev.faultline.reports.facts.Facts;
import freemarker.core.HTMLOutputFormat;
import freemarker.template.TemplateModelException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;

/**
 * One file that needs nothing else: no script, no network, light and dark, on paper and on a phone.
 */
public final class HtmlReport implements Format {

  private static final int LONGEST = 2000;

  private static final String STYLE = read();

  private final Templates templates = new Templates(LONGEST);

  @Override
  public String fileName() {
    return "report.html";
  }

  @Override
  public void write(Facts facts, Writer out) throws IOException {
    templates.write("report.ftlh", model(facts), out);
  }

  private Map<String, Object> model(Facts facts) {
    Map<String, Object> model = HtmlModel.of(facts);
    model.put("style", markup(STYLE));
    model.put("styleHash", hash(STYLE));
    return model;
  }

  /** The style of the page, which others may show its parts with. */
  public static String style() {
    return STYLE;
  }

  /** What the page may do: have its own style, and nothing else. */
  public static String policy() {
    return "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'"
        .formatted(hash(STYLE));
  }

  private static Object markup(String style) {
    try {
      return HTMLOutputFormat.INSTANCE.fromMarkup(style);
    } catch (TemplateModelException impossible) {
      throw new IllegalStateException("a constant is not markup", impossible);
    }
  }

  private static String read() {
    try (InputStream file =
        Objects.requireNonNull(HtmlReport.class.getResourceAsStream("report.css"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException("report.css cannot be read from the class path", broken);
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
