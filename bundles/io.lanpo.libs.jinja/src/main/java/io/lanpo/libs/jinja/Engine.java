package io.lanpo.libs.jinja;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.el.ExtendedSyntaxBuilder;
import com.hubspot.jinjava.interpret.AutoCloseableSupplier.AutoCloseableImpl;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.tree.Node;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import jinjava.de.odysseus.el.ExpressionFactoryImpl;
import jinjava.de.odysseus.el.tree.TreeBuilder;
import jinjava.de.odysseus.el.tree.impl.Builder;
import jinjava.de.odysseus.el.tree.impl.Parser;
import jinjava.javax.el.ExpressionFactory;

/**
 * Jinjava, set up as transformers sets up Jinja: loop controls and {@code generation} on, no files,
 * no HTML escaping; {@link Layout} has trimmed the blocks. Safe for use by several threads: every
 * rendering has a context of its own.
 */
final class Engine {
  private static final JinjavaConfig CONFIG =
      JinjavaConfig.newBuilder()
          .withTrimBlocks(false)
          .withLstripBlocks(false)
          .withNestedInterpretationEnabled(false)
          .withLegacyOverrides(
              LegacyOverrides.newBuilder()
                  .withParseWhitespaceControlStrictly(true)
                  .withAllowAdjacentTextNodes(true)
                  .withUseTrimmingForNotesAndExpressions(true)
                  .build())
          .build();

  private final Jinjava jinjava = jinjava();

  /** Jinjava looks up parts of itself by the thread's context class loader while it is made. */
  private static Jinjava jinjava() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(Engine.class.getClassLoader());
    try {
      return new PythonJinjava();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Checks the tags of a template; its expressions are read when they are reached. */
  void check(String source) {
    run(source, Map.of(), parsed -> "");
  }

  String render(String source, Map<String, ?> variables) {
    return run(source, variables, parsed -> text(parsed, parsed.tree));
  }

  private record Parsed(Rendering rendering, Node tree) {}

  private String run(String source, Map<String, ?> variables, Function<Parsed, String> use) {
    Context context = new Context(null, variables);
    context.registerTag(new LoopTag());
    context.registerTag(new ConditionTag());
    context.registerTag(new AssignmentTag());
    context.registerTag(new GenerationTag());
    Rendering rendering = new Rendering(jinjava, context, CONFIG);
    try (AutoCloseableImpl<JinjavaInterpreter> current =
        JinjavaInterpreter.closeablePushCurrent(rendering).get()) {
      return use.apply(new Parsed(rendering, current.value().parse(Layout.plain(source))));
    }
  }

  private static String text(Parsed parsed, Node tree) {
    StringBuilder text = new StringBuilder();
    for (Node node : tree.getChildren()) {
      parsed.rendering.setLineNumber(node.getLineNumber());
      text.append(node.render(parsed.rendering).getValue());
    }
    return text.toString();
  }

  /** Jinjava with the expressions of Python. */
  private static final class PythonJinjava extends Jinjava {
    private final ExpressionFactory expressions = new PythonExpressions();

    PythonJinjava() {
      super(CONFIG);
    }

    @Override
    public ExpressionFactory getExpressionFactory() {
      return expressions;
    }
  }

  private static final class PythonExpressions extends ExpressionFactoryImpl {
    @Override
    protected TreeBuilder createTreeBuilder(Properties properties, Builder.Feature... features) {
      return new PythonSyntax();
    }
  }

  private static final class PythonSyntax extends ExtendedSyntaxBuilder {
    private static final long serialVersionUID = 1L;

    @Override
    protected Parser createParser(String expression) {
      return new PythonParser(this, expression);
    }
  }
}
