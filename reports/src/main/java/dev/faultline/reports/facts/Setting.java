package dev.faultline.reports.facts;

import dev.faultline.model.environment.Hosts;
import dev.faultline.model.environment.Kubernetes;
import dev.faultline.model.environment.Lab;
import dev.faultline.model.environment.Local;
import dev.faultline.model.environment.Place;
import dev.faultline.model.environment.PrometheusEndpoint;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.summary.RunSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** One thing to know about the setting of a run. */
public record Setting(String name, String value) {

  /** Everything that someone needs to run it again. */
  public static List<Setting> of(RunSummary run) {
    List<Setting> all = new ArrayList<>();
    all.add(new Setting("Run", run.start().run()));
    all.add(new Setting("File", run.start().file()));
    all.add(new Setting("Began", Spelling.wall(run.began())));
    all.add(new Setting("Lasted", Spelling.span(run.lasted())));
    all.add(
        new Setting(
            "Kind",
            run.start().control()
                ? "control run, without its faults"
                : run.rollout().isPresent() ? "rollout" : "experiment"));
    all.add(new Setting("Environment", place(run.start().environment().place())));
    run.start().spec().load().or(() -> run.start().environment().load()).stream()
        .map(
            load -> new Setting("Load", "%s at %s".formatted(anonymous(load.http()), load.words())))
        .forEach(all::add);
    run.start().environment().prometheus().stream()
        .map(source -> new Setting("Prometheus", prometheus(source)))
        .forEach(all::add);
    run.plan().ifPresent(plan -> all.addAll(of(plan)));
    all.add(new Setting("Host", run.start().host()));
    all.add(new Setting("Faultline", run.start().version()));
    return List.copyOf(all);
  }

  private static List<Setting> of(Plan plan) {
    return List.of(
        new Setting("Plan", plan.hash()),
        new Setting("Seed", Long.toString(plan.seed())),
        new Setting("Lease", Spelling.span(plan.lease())),
        new Setting("Looks", "every " + Spelling.span(plan.times().interval())));
  }

  private static String place(Place place) {
    return switch (place) {
      case Lab lab -> "lab: " + String.join(", ", new TreeSet<>(lab.processes().keySet()));
      case Local local -> "local: " + String.join(", ", new TreeSet<>(local.processes().keySet()));
      case Kubernetes cluster ->
          "kubernetes: context %s, namespace %s"
              .formatted(
                  cluster.context().orElse("of the kubeconfig"),
                  cluster.namespace().orElse("of the context"));
      case Hosts hosts -> "hosts: " + String.join(", ", hosts.names());
    };
  }

  private static String prometheus(PrometheusEndpoint source) {
    return anonymous(source.address())
        + (source.inside().isPresent() ? ", through the API server" : "")
        + (source.unverified() ? ", its certificate not checked (insecureSkipVerify)" : "");
  }

  // An address may carry a password; a report is passed around.
  private static String anonymous(String address) {
    return address.replaceFirst("//[^/@]*@", "//…@");
  }
}
