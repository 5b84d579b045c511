package dev.faultline.reports;

import freemarker.core.CommonMarkupOutputFormat;
import freemarker.core.CommonTemplateMarkupOutputModel;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * GitHub's Markdown as an output format: whatever a template inserts is shown as it is, in a
 * paragraph as well as in the cell of a table.
 */
final class MarkdownFormat extends CommonMarkupOutputFormat<MarkdownFormat.Markup> {

  static final MarkdownFormat INSTANCE = new MarkdownFormat();

  private static final String WITH_BACKSLASH = "\\*_{}[]()~>";
  private static final String AS_ENTITY = "<&:$|`";
  // Hosts of Markdown make links and mentions of these, whatever is escaped, unless it is parted.
  private static final String PARTED = "@#";
  private static final String LIST_MARKS = "-+=";

  private MarkdownFormat() {}

  /** Text that needs no more escaping. */
  static final class Markup extends CommonTemplateMarkupOutputModel<Markup> {
    private Markup(@Nullable String plain, @Nullable String markup) {
      super(plain, markup);
    }

    @Override
    public MarkdownFormat getOutputFormat() {
      return INSTANCE;
    }
  }

  @Override
  public String getName() {
    return "Markdown";
  }

  @Override
  public String getMimeType() {
    return "text/markdown";
  }

  @Override
  public void output(String text, Writer out) throws IOException {
    out.write(escapePlainText(text));
  }

  @Override
  public String escapePlainText(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      escaped.append(
          escaped(
              text.charAt(i),
              text.substring(0, i > 12 ? 12 : i),
              i > 0 ? text.charAt(i - 1) : ' '));
    }
    return escaped.toString();
  }

  private static String escaped(char letter, String before, char last) {
    if (letter == '\n' || letter == '\t') {
      return " ";
    }
    if (AS_ENTITY.indexOf(letter) >= 0) {
      return "&#%d;".formatted((int) letter);
    }
    if (PARTED.indexOf(letter) >= 0) {
      return letter + "&#8203;";
    }
    boolean list = before.isBlank() && LIST_MARKS.indexOf(letter) >= 0;
    boolean numbered = letter == '.' && (last == 'w' || last == 'W' || before.matches("\\d+"));
    return WITH_BACKSLASH.indexOf(letter) >= 0 || list || numbered ? "\\" + letter : "" + letter;
  }

  @Override
  public boolean isLegacyBuiltInBypassed(String builtIn) {
    return false;
  }

  @Override
  protected Markup newTemplateMarkupOutputModel(@Nullable String plain, @Nullable String markup) {
    return new Markup(plain, markup);
  }
}
