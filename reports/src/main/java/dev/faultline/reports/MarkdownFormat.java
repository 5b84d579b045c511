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

  private static final String ALWAYS = "\\`*~[]<>&|$";
  private static final String AT_THE_START = "-+=#";

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
      char letter = text.charAt(i);
      if (letter == '\n' || letter == '\t') {
        escaped.append(' ');
      } else if (letter == '@') {
        // Hosts make mentions of names behind it, however it is written; this parts them.
        escaped.append("@&#8203;");
      } else if (acts(text, i)) {
        // A backslash would be seen inside HTML, an entity is not.
        escaped.append("&#").append((int) letter).append(';');
      } else {
        escaped.append(letter);
      }
    }
    return escaped.toString();
  }

  private static boolean acts(String text, int i) {
    char letter = text.charAt(i);
    char last = i == 0 ? ' ' : text.charAt(i - 1);
    char next = i + 1 == text.length() ? ' ' : text.charAt(i + 1);
    return switch (letter) {
      case '_' -> !Character.isLetterOrDigit(last) || !Character.isLetterOrDigit(next);
      case ':' -> next != ' ' && !(Character.isDigit(last) && Character.isDigit(next));
      case '.' -> last == 'w' || last == 'W' || (next == ' ' && i < 10 && isNumber(text, i));
      case '#' -> i == 0 || Character.isDigit(next);
      default ->
          ALWAYS.indexOf(letter) >= 0
              || (i == 0 && AT_THE_START.indexOf(letter) >= 0 && (next == ' ' || next == letter));
    };
  }

  private static boolean isNumber(String text, int end) {
    return text.substring(0, end).chars().allMatch(Character::isDigit);
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
