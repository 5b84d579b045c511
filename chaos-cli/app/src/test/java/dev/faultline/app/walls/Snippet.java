package dev.faultline.app.walls;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A source that exists only in a test. */
final class Snippet extends SimpleJavaFileObject {

  private static final Pattern CLASS_NAME = Pattern.compile("class (\\w+)");

  private final String text;

  Snippet(String text) {
    super(URI.create("snippet:///" + className(text) + ".java"), Kind.SOURCE);
    this.text = text;
  }

  private static String className(String text) {
    Matcher matcher = CLASS_NAME.matcher(text);
    assertThat(matcher.find()).as("a class in %s", text).isTrue();
    return matcher.group(1);
  }

  @Override
  public CharSequence getCharContent(boolean ignoreEncodingErrors) {
    return text;
  }

  /** The classes of these sources, compiled into that folder. */
  static JavaClasses compile(List<String> sources, Path folder) {
    var options = List.of("-proc:none", "-d", folder.toString());
    var files = sources.stream().map(Snippet::new).toList();
    var task = ToolProvider.getSystemJavaCompiler().getTask(null, null, null, options, null, files);
    assertThat(task.call()).as("compiles: %s", sources).isTrue();
    return new ClassFileImporter().importPath(folder);
  }
}
