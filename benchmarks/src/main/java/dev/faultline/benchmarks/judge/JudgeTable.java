package dev.faultline.benchmarks.judge;

import dev.faultline.benchmarks.judge.Scene.Incident;
import dev.faultline.judge.sequential.Alpha;
import dev.faultline.judge.sequential.Claim;
import dev.faultline.judge.sequential.CountEvidence;
import dev.faultline.judge.sequential.Evidence;
import dev.faultline.judge.sequential.Look;
import dev.faultline.judge.sequential.Prospect;
import dev.faultline.judge.sequential.ShareEvidence;
import dev.faultline.judge.sequential.Tolerance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Prints how judges fare in rollouts of one hour. */
public final class JudgeTable {

  private static final int LOOKS = 3600 / Scene.SECONDS;
  private static final Alpha ALPHA = new Alpha(0.01, 1, 1);
  private static final Tolerance EVEN = Tolerance.ratio(1);
  private static final Tolerance HALF_MORE = Tolerance.ratio(1.5);

  private static final double[] RATES = {1, 5, 20, 100, 400};
  private static final int[] BURSTS = {1, 2, 5, 10};

  private final int trials;
  private final Map<String, Supplier<Judge>> judges = new LinkedHashMap<>();

  private JudgeTable(int trials) {
    this.trials = trials;
    judges.put("share, 1 ×", () -> Judge.by(ShareEvidence.of(Claim.WORSE, EVEN), ALPHA));
    judges.put("share, 1.5 ×", () -> Judge.by(ShareEvidence.of(Claim.WORSE, HALF_MORE), ALPHA));
    judges.put("counts, 1 ×", () -> Judge.by(CountEvidence.of(Claim.WORSE, EVEN), ALPHA));
    judges.put("1.5 × in 1 min", () -> Threshold.relative(4));
    judges.put("1.5 × in 5 min", () -> Threshold.relative(20));
    judges.put("Argo's sample", Threshold::argo);
    judges.put("Flagger's sample", Threshold::flagger);
    judges.put("Mann-Whitney", MannWhitney::new);
  }

  /**
   * Simulates.
   *
   * @param args how many rollouts for each scene; then, if any, words that a row must contain
   */
  public static void main(String[] args) {
    JudgeTable table = new JudgeTable(Integer.parseInt(args[0]));
    List<String> words = List.of(args).subList(1, args.length);
    table.print("healthy: blamed within an hour, %", healthy(), words, table::blamed);
    table.print("bad: median seconds until blamed", bad(), words, table::median);
    if (words.isEmpty()) {
      table.everywhere();
      speed();
    }
  }

  private static List<Scene> healthy() {
    List<Scene> scenes = new ArrayList<>();
    for (double rate : RATES) {
      scenes.add(new Scene(rate, 0.2, 0.01, 1, 1, Incident.NONE));
    }
    Scene usual = new Scene(40, 0.2, 0.01, 1, 1, Incident.NONE);
    for (int burst : BURSTS) {
      scenes.add(usual.bursts(burst));
    }
    scenes.add(new Scene(400, 0.06, 0.01, 1, 1, Incident.NONE));
    scenes.add(new Scene(40, 0.05, 0.0005, 1, 1, Incident.NONE));
    scenes.add(usual.with(Incident.SHARED));
    scenes.add(usual.with(Incident.SHARED).bursts(5));
    scenes.add(usual.with(Incident.APART));
    scenes.add(new Scene(40, 0.05, 0.001, 1, 1, Incident.APART));
    return scenes;
  }

  private static List<Scene> bad() {
    List<Scene> scenes = new ArrayList<>();
    for (double rate : RATES) {
      for (double times : new double[] {2, 3, 5}) {
        scenes.add(new Scene(rate, 0.2, 0.01, times, 1, Incident.NONE));
      }
    }
    Scene usual = new Scene(40, 0.2, 0.01, 4, 1, Incident.NONE);
    for (int burst : BURSTS) {
      scenes.add(usual.bursts(burst));
    }
    scenes.add(new Scene(40, 0.05, 0.001, 11, 1, Incident.NONE));
    scenes.add(new Scene(40, 0.5, 0.01, 3, 1, Incident.NONE));
    return scenes;
  }

  /** A figure of the sorted seconds until a judge blamed in each trial. */
  private interface Figure {
    String of(double[] seconds);
  }

  private void print(String what, List<Scene> scenes, List<String> words, Figure figure) {
    List<Scene> wanted =
        scenes.stream()
            .filter(scene -> words.stream().allMatch(scene.toString()::contains))
            .toList();
    List<String> columns = new ArrayList<>(judges.keySet());
    if (scenes.getFirst().ratio() > 1) {
      columns.add("forecast");
    }
    System.out.println("| " + what + " | " + String.join(" | ", columns) + " |");
    System.out.println("|---|" + "---|".repeat(columns.size()));
    wanted.forEach(scene -> row(scene, figure));
    System.out.println();
  }

  private void row(Scene scene, Figure figure) {
    StringBuilder row = new StringBuilder("| " + scene);
    judges.values().forEach(judge -> row.append(" | ").append(figure.of(seconds(judge, scene))));
    System.out.println(row + (scene.ratio() > 1 ? " | " + forecast(scene) : "") + " |");
  }

  /** When the first judge is expected to blame, were bad requests independent. */
  private static String forecast(Scene scene) {
    Prospect prospect =
        new Prospect(scene.rate(), scene.share(), scene.base(), Scene.SECONDS, EVEN);
    double bad = scene.base() * scene.ratio();
    return "%.0f".formatted(prospect.secondsUntil(Claim.WORSE, bad, ALPHA));
  }

  /** The worst of all healthy scenes, for the judge that is the default. */
  private void everywhere() {
    Supplier<Judge> judge = judges.values().iterator().next();
    double worst = 0;
    int scenes = 0;
    for (double rate : RATES) {
      for (double base : new double[] {0.0005, 0.002, 0.01}) {
        for (int burst : BURSTS) {
          for (Incident incident : List.of(Incident.NONE, Incident.SHARED)) {
            Scene scene = new Scene(rate, 0.1, base, 1, burst, incident);
            worst = Math.max(worst, Double.parseDouble(blamed(seconds(judge, scene))));
            scenes++;
          }
        }
      }
    }
    System.out.printf("the most of %d healthy scenes: %.1f %%%n", scenes, worst);
  }

  private double[] seconds(Supplier<Judge> judge, Scene scene) {
    double[] seconds = new double[trials];
    Arrays.setAll(seconds, trial -> until(judge.get(), new Traffics(scene, trial)));
    Arrays.sort(seconds);
    return seconds;
  }

  private static double until(Judge judge, Traffics traffic) {
    for (int look = 0; look < LOOKS; look++) {
      if (judge.blames(traffic.look(look))) {
        return (look + 1.0) * Scene.SECONDS;
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  private String blamed(double[] seconds) {
    long blamed = Arrays.stream(seconds).filter(Double::isFinite).count();
    return String.format(Locale.ROOT, "%.1f", 100.0 * blamed / trials);
  }

  private String median(double[] seconds) {
    double median = seconds[trials / 2];
    return Double.isFinite(median) ? "%.0f".formatted(median) : "-";
  }

  /** How many looks a second one core compares, once warm. */
  private static void speed() {
    Traffics traffic = new Traffics(new Scene(40, 0.2, 0.01, 1, 1, Incident.NONE), 1);
    List<Look> looks = IntStream.range(0, 1000).mapToObj(traffic::look).toList();
    double fastest = 0;
    for (int pass = 0; pass < 20; pass++) {
      Evidence evidence = ShareEvidence.of(Claim.WORSE, EVEN);
      long start = System.nanoTime();
      for (int i = 0; i < 100_000; i++) {
        evidence = evidence.after(looks.get(i % looks.size()));
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      fastest = Math.max(fastest, Double.isFinite(evidence.log()) ? 100_000 / seconds : 0);
    }
    System.out.printf("%,.0f comparisons a second on one core%n", fastest);
  }
}
