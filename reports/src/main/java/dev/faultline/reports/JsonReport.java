package dev.faultline.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.faultline.reports.facts.Facts;
import dev.faultline.reports.json.Document;
import java.io.IOException;
import java.io.Writer;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The facts for programs, in the form of {@link #SCHEMA}. Text is unchanged; whatever is not ASCII
 * is escaped, so that nothing in it acts on a terminal or a page that shows the raw file.
 */
public final class JsonReport implements Format {

  /** Where the JSON Schema of the document lies on the class path. */
  public static final String SCHEMA = "/dev/faultline/reports/report.schema.json";

  private final JsonMapper mapper =
      JsonMapper.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
          .build();

  @Override
  public String fileName() {
    return "report.json";
  }

  @Override
  public void write(Facts facts, Writer out) throws IOException {
    out.write(mapper.writeValueAsString(Document.of(facts)));
    out.write('\n');
  }
}
