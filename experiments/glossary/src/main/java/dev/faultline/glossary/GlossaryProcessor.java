package dev.faultline.glossary;

import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;

/**
 * Writes the Javadoc of every type of a module into {@code META-INF/faultline/glossary.tsv}: a line
 * for each type ({@code NAME}), record component and enum constant ({@code NAME#PART}), a tab, and
 * the text without markup. Lines are sorted, so that the same sources give the same bytes.
 */
@SupportedAnnotationTypes("*")
public final class GlossaryProcessor extends AbstractProcessor {

  private static final String RESOURCE = "META-INF/faultline/glossary.tsv";

  private final Map<String, String> texts = new TreeMap<>();

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    ElementFilter.typesIn(round.getRootElements()).forEach(this::collect);
    if (round.processingOver()) {
      write();
    }
    return false;
  }

  private void collect(TypeElement type) {
    String name = processingEnv.getElementUtils().getBinaryName(type).toString();
    Optional<Comment> comment = comment(type);
    comment.ifPresent(said -> note(name, said.text()));
    for (RecordComponentElement part : type.getRecordComponents()) {
      String key = part.getSimpleName().toString();
      comment.flatMap(said -> said.part(key)).ifPresent(text -> note(name + "#" + key, text));
    }
    for (Element member : type.getEnclosedElements()) {
      if (member.getKind() == ElementKind.ENUM_CONSTANT) {
        comment(member).ifPresent(said -> note(name + "#" + member.getSimpleName(), said.text()));
      }
    }
    ElementFilter.typesIn(type.getEnclosedElements()).forEach(this::collect);
  }

  private Optional<Comment> comment(Element element) {
    return Optional.ofNullable(processingEnv.getElementUtils().getDocComment(element))
        .map(Comment::of);
  }

  private void note(String name, String text) {
    if (!text.isEmpty()) {
      texts.put(name, text);
    }
  }

  private void write() {
    try (Writer out =
        processingEnv
            .getFiler()
            .createResource(StandardLocation.CLASS_OUTPUT, "", RESOURCE)
            .openWriter()) {
      for (Map.Entry<String, String> text : texts.entrySet()) {
        out.write(text.getKey() + "\t" + text.getValue() + "\n");
      }
    } catch (IOException unwritten) {
      processingEnv
          .getMessager()
          .printMessage(Diagnostic.Kind.ERROR, RESOURCE + " cannot be written: " + unwritten);
    }
  }
}
