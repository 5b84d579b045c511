package dev.faultline.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.policy.PolicyRule.Judged;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes programs of expressions that are true or false. Thread-safe. */
final class Expressions {

  /** A policy is no program: what takes longer to decide is refused. */
  private static final CelOptions BOUNDED =
      CelOptions.current()
          .comprehensionMaxIterations(100_000)
          .enableHeterogeneousNumericComparisons(true)
          .build();

  private static final String SECONDS = "seconds";
  private static final String SECONDS_OF_TEXT = "seconds_string";

  private final CelCompiler ofPlans = compiler(Judged.PLAN);
  private final CelCompiler ofManifests = compiler(Judged.MANIFEST);
  private final CelRuntime runtime =
      CelRuntimeFactory.plannerRuntimeBuilder()
          .setOptions(BOUNDED)
          .addLibraries(CelExtensions.strings())
          .addFunctionBindings(
              CelFunctionBinding.from(SECONDS_OF_TEXT, String.class, Expressions::seconds))
          .build();

  /**
   * An expression that can be decided.
   *
   * @param names all that it names
   */
  record Expression(CelRuntime.Program program, Set<String> names) {

    /** Whether it asks for this. */
    boolean asks(Variable variable) {
      return names.contains(variable.word());
    }

    /**
     * Decides it.
     *
     * @throws Undecided when the values do not let it be decided
     */
    boolean holds(Map<String, Object> values) throws Undecided {
      try {
        Object value = program.eval(values);
        if (value instanceof Boolean holds) {
          return holds;
        }
        throw new Undecided("it is neither true nor false");
      } catch (CelEvaluationException unknown) {
        throw new Undecided(String.valueOf(unknown.getMessage()).replaceAll("\\s+", " ").strip());
      }
    }
  }

  private static CelCompiler compiler(Judged judged) {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(BOUNDED)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(CelExtensions.strings())
            .addFunctionDeclarations(
                CelFunctionDecl.newFunctionDeclaration(
                    SECONDS,
                    CelOverloadDecl.newGlobalOverload(
                        SECONDS_OF_TEXT, SimpleType.DOUBLE, SimpleType.STRING)))
            .setResultType(SimpleType.BOOL);
    Variable.of(judged).forEach(one -> builder.addVar(one.word(), one.type()));
    return builder.build();
  }

  /**
   * Makes a program.
   *
   * @throws CelValidationException when it is none, or not of what is judged
   */
  Expression of(Judged judged, String text) throws CelValidationException {
    try {
      CelAbstractSyntaxTree tree = compilerOf(judged).compile(text).getAst();
      Set<String> names =
          tree.getReferenceMap().values().stream()
              .map(CelReference::name)
              .collect(Collectors.toSet());
      return new Expression(runtime.createProgram(tree), names);
    } catch (CelEvaluationException impossible) {
      throw new IllegalStateException("what was compiled can be run", impossible);
    }
  }

  private CelCompiler compilerOf(Judged judged) {
    return switch (judged) {
      case PLAN -> ofPlans;
      case MANIFEST -> ofManifests;
    };
  }

  /** A duration as files and plans have it, such as 90s. */
  private static Object seconds(String text) {
    return Codec.json().convertValue(text, Duration.class).toMillis() / 1000.0;
  }
}
