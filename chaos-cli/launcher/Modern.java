import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.instruction.ConstantInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Makes picocli quick to start, in place. Raises its class files, which are older than Java 6, to
 * Java 8 with the stack maps that newer ones need: a class archive takes no older ones, and they
 * are verified in a slow way. And spares it the look for Groovy's closures, which there are none
 * of: to know that, every jar of the class path is opened.
 *
 * <p>Usage: {@code java -cp JAR Modern.java JAR}. What the classes do stays the same.
 */
final class Modern {

  private static final int JAVA_6 = 50;
  private static final int JAVA_8 = 52;

  private Modern() {}

  public static void main(String[] arguments) throws IOException {
    Path jar = Path.of(arguments[0]);
    Path raised = Files.createTempFile(jar.toAbsolutePath().getParent(), "modern", ".jar");
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(jar));
        OutputStream file = Files.newOutputStream(raised);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        ZipEntry copy = new ZipEntry(entry.getName());
        // The same bytes at each build.
        copy.setTime(entry.getTime());
        out.putNextEntry(copy);
        out.write(raised(entry.getName(), in));
      }
    }
    Files.move(raised, jar, StandardCopyOption.REPLACE_EXISTING);
    jar.toFile().setReadable(true, false);
  }

  private static byte[] raised(String name, InputStream in) throws IOException {
    byte[] bytes = in.readAllBytes();
    if (!name.endsWith(".class") || name.startsWith("META-INF/")) {
      return bytes;
    }
    ClassFile format =
        ClassFile.of(
            StackMapsOption.GENERATE_STACK_MAPS,
            ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(ClassLoader.getSystemClassLoader())
                    .orElse(ClassHierarchyResolver.defaultResolver())));
    ClassModel old = format.parse(bytes);
    return old.majorVersion() >= JAVA_6 ? bytes : format.transformClass(old, toJava8());
  }

  /** Each body is written anew, as only then its stack maps are made. */
  private static ClassTransform toJava8() {
    return ClassTransform.transformingMethodBodies(
            (body, part) -> {
              if (part instanceof ConstantInstruction constant
                  && constant.constantValue().equals("groovy.lang.Closure")) {
                // Found at once; nothing is an instance of it.
                body.loadConstant("java.lang.Void");
              } else {
                body.with(part);
              }
            })
        .andThen(
            (type, part) -> {
              if (part instanceof ClassFileVersion) {
                type.withVersion(JAVA_8, 0);
              } else {
                type.with(part);
              }
            });
  }
}
