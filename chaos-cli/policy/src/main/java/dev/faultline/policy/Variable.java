package dev.faultline.policy;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.faultline.model.policy.PolicyRule.Judged;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The names that expressions may use. */
enum Variable {
  KIND("kind", SimpleType.STRING, EnumSet.allOf(Judged.class)),
  NAME("name", SimpleType.STRING, EnumSet.allOf(Judged.class)),
  NOW("now", SimpleType.TIMESTAMP, EnumSet.allOf(Judged.class)),
  SPEC("spec", SimpleType.DYN, EnumSet.of(Judged.PLAN)),
  ENVIRONMENT("environment", SimpleType.DYN, EnumSet.of(Judged.PLAN)),
  ENVIRONMENT_NAME("environmentName", SimpleType.STRING, EnumSet.of(Judged.PLAN)),
  PLAN("plan", SimpleType.DYN, EnumSet.of(Judged.PLAN)),
  MANIFEST("manifest", SimpleType.DYN, EnumSet.of(Judged.MANIFEST));

  private final String word;
  private final CelType type;
  private final Set<Judged> known;

  Variable(String word, CelType type, Set<Judged> known) {
    this.word = word;
    this.type = type;
    this.known = known;
  }

  String word() {
    return word;
  }

  CelType type() {
    return type;
  }

  static List<Variable> of(Judged judged) {
    return Arrays.stream(values()).filter(one -> one.known.contains(judged)).toList();
  }
}
