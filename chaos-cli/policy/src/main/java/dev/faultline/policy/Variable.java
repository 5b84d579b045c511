package dev.faultline.policy;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.faultline.model.policy.PolicyRule.Judged;
import java.util.Arrays;
import java.util.List;

/** The names that expressions may use. */
enum Variable {
  KIND("kind", SimpleType.STRING, true, true),
  NAME("name", SimpleType.STRING, true, true),
  NOW("now", SimpleType.TIMESTAMP, true, true),
  SPEC("spec", SimpleType.DYN, true, false),
  ENVIRONMENT("environment", SimpleType.DYN, true, false),
  ENVIRONMENT_NAME("environmentName", SimpleType.STRING, true, false),
  PLAN("plan", SimpleType.DYN, true, false),
  APPROVALS("approvals", ListType.create(SimpleType.DYN), true, false),
  MANIFEST("manifest", SimpleType.DYN, false, true);

  private final String word;
  private final CelType type;
  private final boolean ofPlans;
  private final boolean ofManifests;

  Variable(String word, CelType type, boolean ofPlans, boolean ofManifests) {
    this.word = word;
    this.type = type;
    this.ofPlans = ofPlans;
    this.ofManifests = ofManifests;
  }

  String word() {
    return word;
  }

  CelType type() {
    return type;
  }

  static List<Variable> of(Judged judged) {
    return Arrays.stream(values()).filter(one -> one.isOf(judged)).toList();
  }

  private boolean isOf(Judged judged) {
    return switch (judged) {
      case PLAN -> ofPlans;
      case MANIFEST -> ofManifests;
    };
  }
}
