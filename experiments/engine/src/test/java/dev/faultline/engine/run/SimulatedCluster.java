package dev.faultline.engine.run;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.environment.EnvironmentSpec;

/** Experiments in a cluster that is made up. */
final class SimulatedCluster {

  private SimulatedCluster() {}

  /**
   * One fault under a gate on the ready replicas of {@code web}.
   *
   * @param cluster what stands below {@code kubernetes}, with single quotes
   */
  static LoadedExperiment experiment(String fault, String cluster) {
    LoadedExperiment plain =
        Simulation.experiment(
            ("{'gates':[{'name':'ready','kubernetes':{'deployment':'web','read':'readyReplicas'},"
                    + "'above':0}],'faults':[%s],'recovery':{'within':'10s'}}")
                .formatted(fault));
    EnvironmentSpec shop =
        Codec.json()
            .readValue(
                "{'kubernetes':{%s}}".formatted(cluster).replace('\'', '"'), EnvironmentSpec.class);
    return new LoadedExperiment(
        plain.name(), plain.spec(), "somewhere", shop, plain.file(), plain.base());
  }
}
