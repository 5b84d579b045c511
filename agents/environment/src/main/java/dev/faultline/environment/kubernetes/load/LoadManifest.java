package dev.faultline.environment.kubernetes.load;

import dev.faultline.load.pod.LoadPod;
import dev.faultline.load.pod.LoadSettings;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The Job of a load: each of its pods makes one part. None is started again, as the part of a lost
 * one is a hole; none has an account, a right or a file that it could write. What they send stands
 * in an annotation, as what agents do.
 */
final class LoadManifest {

  /** The annotation with the orders. */
  static final String ORDERS = "faultline.dev/orders";

  /** Which part a pod makes; set by the controller of Jobs. */
  static final String INDEX = "batch.kubernetes.io/job-completion-index";

  static final String CONTAINER = "load";

  /** Who adds containers to pods is asked not to: the Job would never end. */
  private static final Map<String, String> NO_SIDECARS =
      Map.of("sidecar.istio.io/inject", "false", "linkerd.io/inject", "disabled");

  private static final Path FOLDER = Path.of("/faultline");
  private static final String FILE = "orders";
  private static final long DAY = 86_400;
  private static final int KEPT_SECONDS = 30;
  private static final long GRACE_SECONDS = 2;
  private static final long NOBODY = 65_532;

  private LoadManifest() {}

  /** The Job; its pods send nothing before they are told when. */
  static Job of(LoadPlan plan, String orders) {
    return new JobBuilder()
        .withNewMetadata()
        .withGenerateName("faultline-load-")
        .withNamespace(plan.namespace())
        .withLabels(plan.labels())
        .endMetadata()
        .withNewSpec()
        .withCompletionMode("Indexed")
        .withCompletions(plan.pods())
        .withParallelism(plan.pods())
        // With 'backoffLimit: 0' alone, one that is lost would end all the others.
        .withBackoffLimitPerIndex(0)
        .withActiveDeadlineSeconds(DAY)
        .withTtlSecondsAfterFinished(KEPT_SECONDS)
        .withTemplate(template(plan, orders))
        .endSpec()
        .build();
  }

  private static PodTemplateSpec template(LoadPlan plan, String orders) {
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(plan.labels())
        .addToLabels(NO_SIDECARS)
        .withAnnotations(NO_SIDECARS)
        .addToAnnotations(ORDERS, orders)
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .withActiveDeadlineSeconds(DAY)
        .withTerminationGracePeriodSeconds(GRACE_SECONDS)
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withNewSecurityContext()
        .withRunAsNonRoot(true)
        .withRunAsUser(NOBODY)
        .withRunAsGroup(NOBODY)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .endSecurityContext()
        .withContainers(container(plan))
        .addNewVolume()
        .withName(FILE)
        .withNewDownwardAPI()
        .addNewItem()
        .withPath(FILE)
        .withNewFieldRef()
        .withFieldPath("metadata.annotations['%s']".formatted(ORDERS))
        .endFieldRef()
        .endItem()
        .endDownwardAPI()
        .endVolume()
        .endSpec()
        .build();
  }

  private static Container container(LoadPlan plan) {
    return new ContainerBuilder()
        .withName(CONTAINER)
        .withImage(plan.image())
        .withImagePullPolicy("IfNotPresent")
        .withCommand(
            List.of(
                "/opt/faultline/runtime/bin/java",
                "-XX:+UseSerialGC",
                "-Xms32m",
                "-Xmx224m",
                "-XX:-UsePerfData",
                "-cp",
                "/opt/faultline/lib/*",
                LoadPod.class.getName()))
        .withArgs(new LoadSettings(plan.pods(), plan.lease(), FOLDER.resolve(FILE)).arguments())
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .endSecurityContext()
        .withNewResources()
        .withRequests(Map.of("cpu", new Quantity("100m"), "memory", new Quantity("128Mi")))
        .withLimits(Map.of("memory", new Quantity("448Mi")))
        .endResources()
        .addNewVolumeMount()
        .withName(FILE)
        .withMountPath(FOLDER.toString())
        .withReadOnly(true)
        .endVolumeMount()
        .build();
  }
}
