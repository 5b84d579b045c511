package dev.faultline.engine.planning;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.fault.Step;
import dev.faultline.model.plan.Plan.PlannedFault;
import dev.faultline.model.plan.Plan.PlannedTarget;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The identity of a plan: SHA-256 over the experiment, the environment, who is disturbed (by owner)
 * and how it is undone. Process numbers, ports, readings and times of day are not in it.
 */
final class PlanHash {

  private PlanHash() {}

  static String of(LoadedExperiment experiment, long seed, List<PlannedFault> faults) {
    StringBuilder identity = new StringBuilder();
    identity.append(Codec.json().writeValueAsString(experiment.spec())).append('\n');
    experiment
        .rollout()
        .ifPresent(spec -> identity.append(Codec.json().writeValueAsString(spec)).append('\n'));
    identity.append(Codec.json().writeValueAsString(experiment.environment())).append('\n');
    identity.append(seed).append('\n');
    for (PlannedFault fault : faults) {
      for (PlannedTarget target : fault.targets()) {
        identity.append(fault.name()).append(' ').append(target.owner()).append('\n');
        target.steps().forEach(step -> identity.append(recipe(step)).append('\n'));
      }
    }
    return HexFormat.of().formatHex(sha256(identity.toString()));
  }

  private static String recipe(Step step) {
    return step.action().describe()
        + step.undo().map(undo -> " / " + undo.action().describe()).orElse("");
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
