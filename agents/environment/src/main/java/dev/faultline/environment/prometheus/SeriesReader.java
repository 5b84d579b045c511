package dev.faultline.environment.prometheus;

import static dev.faultline.environment.prometheus.BlindException.malformed;

import dev.faultline.model.world.Answer.OneSeries;
import dev.faultline.model.world.Answer.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads the {@code data} of an answer, strictly: what is not understood is refused. */
final class SeriesReader {

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:[0-9]{1,400}(?:\\.[0-9]{0,400})?(?:[eE][+-]?[0-9]{1,5})?)");
  private static final double LATEST = 253_402_300_799.0;

  private final Secrets secrets;

  SeriesReader(Secrets secrets) {
    this.secrets = secrets;
  }

  List<OneSeries> read(JsonNode data) throws BlindException {
    JsonNode result = data.path("result");
    String type = data.path("resultType").asString("");
    return switch (type) {
      case "vector" -> vector(array(result));
      case "matrix" -> matrix(array(result));
      case "scalar" -> List.of(new OneSeries(Map.of(), List.of(sample(result))));
      case "string" -> throw malformed("the query gives a text, not a number");
      case "" -> throw malformed("the answer has no result type");
      default -> throw malformed("unknown result type '%s'".formatted(secrets.message(type)));
    };
  }

  private List<OneSeries> vector(JsonNode result) throws BlindException {
    List<OneSeries> series = new ArrayList<>();
    for (JsonNode one : result) {
      refuseHistogram(one.has("histogram"));
      series.add(new OneSeries(labels(one.path("metric")), List.of(sample(one.path("value")))));
    }
    return series;
  }

  private List<OneSeries> matrix(JsonNode result) throws BlindException {
    List<OneSeries> series = new ArrayList<>();
    for (JsonNode one : result) {
      refuseHistogram(one.has("histograms"));
      List<Sample> samples = new ArrayList<>();
      for (JsonNode pair : array(one.path("values"))) {
        Sample next = sample(pair);
        if (!samples.isEmpty() && !next.at().isAfter(samples.getLast().at())) {
          throw malformed("the samples of a series are not in the order of time");
        }
        samples.add(next);
      }
      series.add(new OneSeries(labels(one.path("metric")), samples));
    }
    return series;
  }

  private static void refuseHistogram(boolean present) throws BlindException {
    if (present) {
      throw malformed(
          "the query gives a native histogram, not a number: put histogram_quantile, "
              + "histogram_fraction or histogram_count around it");
    }
  }

  private Map<String, String> labels(JsonNode metric) throws BlindException {
    if (!metric.isObject()) {
      throw malformed("a series without labels");
    }
    Map<String, String> labels = new TreeMap<>();
    for (Map.Entry<String, JsonNode> label : metric.properties()) {
      if (!label.getValue().isString()) {
        throw malformed("a label that is no text");
      }
      labels.put(secrets.label(label.getKey()), secrets.label(label.getValue().stringValue()));
    }
    return labels;
  }

  private static Sample sample(JsonNode pair) throws BlindException {
    if (!pair.isArray() || pair.size() != 2 || !pair.get(0).isNumber() || !pair.get(1).isString()) {
      throw malformed("a sample that is not [time, \"value\"]");
    }
    double seconds = pair.get(0).asDouble(Double.NaN);
    if (!(Math.abs(seconds) <= LATEST)) {
      throw malformed("a sample from no time");
    }
    return new Sample(
        Instant.ofEpochMilli(Math.round(seconds * 1000)), value(pair.get(1).stringValue()));
  }

  /** Java would also read {@code 1d}, {@code 0x1p3} and surrounding blanks as numbers. */
  private static double value(String text) throws BlindException {
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> {
        if (!NUMBER.matcher(text).matches()) {
          throw malformed("a value that is no number");
        }
        yield Double.parseDouble(text);
      }
    };
  }

  private static JsonNode array(JsonNode node) throws BlindException {
    if (!node.isArray()) {
      throw malformed("the answer has no list where a list must be");
    }
    return node;
  }
}
