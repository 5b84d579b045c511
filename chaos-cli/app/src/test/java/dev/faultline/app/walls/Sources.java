package dev.faultline.app.walls;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Measures source files as the compiler reads them. */
final class Sources {

  static final int LONGEST_FILE = 400;
  static final int LONGEST_METHOD = 40;

  private static final Pattern MODULE = Pattern.compile("<module>(.+)</module>");
  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  private Sources() {}

  /** All Java files of all modules, tests included. */
  static List<Path> ofCheckout() {
    Path checkout = Path.of("../..").toAbsolutePath().normalize();
    try {
      return MODULE
          .matcher(Files.readString(checkout.resolve("pom.xml")))
          .results()
          .map(module -> checkout.resolve(module.group(1)).resolve("src"))
          .filter(Files::isDirectory)
          .flatMap(Sources::javaFiles)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> javaFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(path -> path.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Iterable<? extends JavaFileObject> read(List<Path> paths) {
    return COMPILER.getStandardFileManager(null, null, null).getJavaFileObjectsFromPaths(paths);
  }

  /** One line for each file and method that is too long. */
  static List<String> tooLong(Iterable<? extends JavaFileObject> files) {
    JavacTask task = (JavacTask) COMPILER.getTask(null, null, null, null, null, files);
    var found = new ArrayList<String>();
    try {
      for (CompilationUnitTree unit : task.parse()) {
        unit.accept(new Ruler(unit, Trees.instance(task).getSourcePositions(), found), null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static final class Ruler extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<String> found;

    Ruler(CompilationUnitTree unit, SourcePositions positions, List<String> found) {
      this.unit = unit;
      this.positions = positions;
      this.found = found;
    }

    @Override
    public @Nullable Void visitCompilationUnit(CompilationUnitTree tree, @Nullable Void nothing) {
      long lines = lines().getLineNumber(positions.getEndPosition(unit, tree));
      report(lines, LONGEST_FILE, "file");
      return super.visitCompilationUnit(tree, null);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
      if (method.getBody() != null) {
        long first = lines().getLineNumber(positions.getStartPosition(unit, method.getBody()));
        long last = lines().getLineNumber(positions.getEndPosition(unit, method.getBody()));
        report(last - first + 1, LONGEST_METHOD, "method " + method.getName());
      }
      return super.visitMethod(method, null);
    }

    private LineMap lines() {
      return unit.getLineMap();
    }

    private void report(long lines, int most, String what) {
      if (lines > most) {
        found.add(
            "%s: %s has %d lines, at most %d"
                .formatted(unit.getSourceFile().getName(), what, lines, most));
      }
    }
  }
}
