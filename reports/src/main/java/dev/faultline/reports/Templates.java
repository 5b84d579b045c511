package dev.faultline.reports;

import freemarker.cache.ClassTemplateLoader;
import freemarker.cache.MultiTemplateLoader;
import freemarker.cache.TemplateLoader;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;

/** Our own templates from the class path; nothing else is ever one. Thread-safe once made. */
public final class Templates {

  private final Configuration configuration;

  /** Templates that show at most so many characters of any text. */
  Templates(int longest) {
    this(longest, Templates.class);
  }

  /**
   * Templates that show at most so many characters of any text.
   *
   * @param beside where templates are that may use those of reports; of two with one name, its own
   *     counts
   */
  public Templates(int longest, Class<?> beside) {
    configuration = new Configuration(Configuration.VERSION_2_3_34);
    configuration.setTemplateLoader(
        new MultiTemplateLoader(
            new TemplateLoader[] {
              new ClassTemplateLoader(beside, ""), new ClassTemplateLoader(Templates.class, "")
            }));
    configuration.setDefaultEncoding("UTF-8");
    configuration.setLocale(Locale.ROOT);
    configuration.setTimeZone(TimeZone.getTimeZone("UTC"));
    configuration.setNumberFormat("computer");
    configuration.setRecognizeStandardFileExtensions(true);
    configuration.setRegisteredCustomOutputFormats(List.of(MarkdownFormat.INSTANCE));
    configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
    configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    configuration.setLogTemplateExceptions(false);
    configuration.setWrapUncheckedExceptions(true);
    configuration.setObjectWrapper(new FactsWrapper(new Inert(longest)));
  }

  /**
   * Writes a template with what it is given; leaves the writer open.
   *
   * @throws IllegalStateException when the template does not fit its model
   */
  public void write(String name, Map<String, Object> model, Writer out) throws IOException {
    Template template = configuration.getTemplate(name);
    try {
      template.process(model, out);
    } catch (TemplateException broken) {
      throw new IllegalStateException("template %s does not fit its model".formatted(name), broken);
    }
  }
}
