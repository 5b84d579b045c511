package dev.faultline.reports;

import dev.faultline.reports.chart.SvgPath;
import freemarker.template.Configuration;
import freemarker.template.DefaultObjectWrapper;
import freemarker.template.SimpleScalar;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Shows records to templates: every text is made inert on its way, so that no template can forget
 * it, and an empty optional is missing.
 */
final class FactsWrapper extends DefaultObjectWrapper {

  private final Inert inert;

  FactsWrapper(Inert inert) {
    super(Configuration.VERSION_2_3_34);
    this.inert = inert;
    writeProtect();
  }

  @Override
  public @Nullable TemplateModel wrap(@Nullable Object value) throws TemplateModelException {
    return switch (value) {
      case String text -> new SimpleScalar(inert.shown(text));
      case SvgPath path -> new SimpleScalar(path.d());
      case Optional<?> optional -> super.wrap(optional.map(this::unwrapped).orElse(null));
      case null, default -> super.wrap(value);
    };
  }

  private Object unwrapped(Object value) {
    return value instanceof String text ? inert.shown(text) : value;
  }
}
