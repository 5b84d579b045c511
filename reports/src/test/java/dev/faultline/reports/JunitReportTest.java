package dev.faultline.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.judge.Reading;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Phase;
import dev.faultline.model.gate.Gate;
import dev.faultline.model.summary.RunSummary;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

final class JunitReportTest {

  private static String render(RunSummary run) {
    return EveryFormatTest.render(new JunitReport(), run);
  }

  private static void validate(String xml) throws SAXException, IOException {
    Schema schema =
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
            .newSchema(JunitReportTest.class.getResource("junit.xsd"));
    schema.newValidator().validate(new StreamSource(new StringReader(xml)));
  }

  private static Document parse(Journal run)
      throws SAXException, IOException, ParserConfigurationException {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(render(run.summary()))));
  }

  private static List<String> cases(Document document, String result) {
    NodeList found = document.getElementsByTagName(result);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      Element problem = (Element) found.item(i);
      names.add(((Element) problem.getParentNode()).getAttribute("name"));
    }
    return names;
  }

  @Test
  void everyRunAndEveryBeginningOfOneKeepsToTheSchema() throws SAXException, IOException {
    for (Journal run : Runs.all().values()) {
      validate(render(run.summary()));
    }
    List<Entry> entries = Rich.run().entries();
    for (int length = 1; length <= entries.size(); length++) {
      validate(render(RunSummary.of(entries.subList(0, length))));
    }
  }

  @Test
  void aPassedRunHasACasePerGateEffectAndUndo() throws Exception {
    Document document = parse(Runs.passed());
    assertThat(document.getElementsByTagName("testcase").getLength()).isEqualTo(1 + 3 + 2 + 2);
    assertThat(cases(document, "failure")).isEmpty();
    assertThat(cases(document, "error")).isEmpty();
    assertThat(cases(document, "skipped")).isEmpty();
  }

  @Test
  void everyComparisonOfARolloutIsACase() throws Exception {
    assertThat(cases(parse(Rollouts.rolledBack()), "failure"))
        .containsExactly("the hypothesis holds", "errors: no more requests failed than of stable");
    Document promoted = parse(Rollouts.promoted());
    assertThat(cases(promoted, "failure")).isEmpty();
    assertThat(cases(promoted, "error")).isEmpty();
    validate(render(Rollouts.hostile(Hostile.TEXT).summary()));
  }

  @Test
  void aBreachedGateFails() throws Exception {
    assertThat(cases(parse(Runs.frozen()), "failure"))
        .containsExactly(
            "the hypothesis holds",
            "errors is below 1%",
            "p99 is below 800ms",
            "throughput is above 150/s");
  }

  @Test
  void anInconclusiveRunIsAnErrorAndNoFailure() throws Exception {
    Document document = parse(Runs.blind());
    assertThat(cases(document, "failure")).isEmpty();
    assertThat(cases(document, "error")).containsExactly("the hypothesis holds");
  }

  @Test
  void anUndoThatIsNotProvenFails() throws Exception {
    assertThat(cases(parse(Runs.undoNotProven()), "failure"))
        .contains("freeze-orders at orders, step 2 ends: send SIGCONT to orders");
  }

  @Test
  void theFaultsOfAControlRunAreSkipped() throws Exception {
    assertThat(cases(parse(Runs.control()), "skipped")).containsExactly("freeze-orders");
  }

  @Test
  void aGateThatWasOnlyBreachedBeforeItCountedIsSkipped() throws Exception {
    Gate late =
        new Gate(
            "late",
            Shop.ERRORS.signal(),
            Shop.ERRORS.stated(),
            Optional.empty(),
            Set.of(Gate.When.AFTER),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    Journal killed = new Journal().add(Shop.started("killed", "None", false, List.of(late)));
    killed.at(1).phase(Phase.BASELINE).read(late, new Reading.Value(0.5));
    killed.at(2).phase(Phase.FAULTS).read(late, new Reading.Value(0.5));
    assertThat(cases(parse(killed), "skipped")).containsExactly("late is below 1%");
  }

  @Test
  void hostileTextStaysText() throws Exception {
    Document document = parse(Hostile.run());
    assertThat(document.getElementsByTagName("script").getLength()).isZero();
    assertThat(document.getDocumentElement().getTextContent())
        .contains("${7*7}", "]]>", "⟨U+0000⟩", "⟨U+202E⟩", Hostile.SCRIPT);
  }
}
