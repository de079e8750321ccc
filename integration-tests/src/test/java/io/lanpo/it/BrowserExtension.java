package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.it.paxexam.PaxExamExtension;
import io.lanpo.it.paxexam.ProductOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The page of some recorded runs and a browser in front of it, once in a process for all classes
 * that are extended by it; their methods before all take a {@link Seen}. The console has to be
 * silent after each test, and what it has chosen is not there for the next.
 */
final class BrowserExtension implements ExecutionCondition, ParameterResolver, AfterEachCallback {
  /** The experiment of which the two runs are seeds. */
  static final String EXPERIMENT = "pair";

  /** The steps of each. */
  static final int STEPS = 40;

  /** The steps of {@code long}. */
  static final int MANY = 10_000;

  /**
   * What there is.
   *
   * @param run the later of two runs that are the seeds of an experiment; it is tagged {@code
   *     first} and {@code paper} and has {@link RecordedRuns#CRAFTED} as its note
   * @param page shows these, {@code crafted} and {@code long}, copies of others with text that
   *     would take over a page and with {@link #MANY} steps
   */
  record Seen(Lanpo lanpo, String run, Page page, Browser browser) implements AutoCloseable {
    private static Seen begin(ExtensionContext context) {
      try {
        return recorded(PaxExamExtension.work(context.getRequiredTestClass()));
      } catch (Exception e) {
        throw new AssertionError("there is nothing to look at", e);
      }
    }

    private static Seen recorded(Path work) throws Exception {
      Lanpo lanpo = Lanpo.withColdStarts(work, ProductOptions.home().resolveSibling("configs"));
      Path first = record(lanpo, "0");
      RecordedRuns.addCrafted(RecordedRuns.copy(first, "crafted"));
      RecordedRuns.lengthened(first, "long", MANY);
      String run = record(lanpo, "3").getFileName().toString();
      assertEquals(0, lanpo.run("run", "tag", run, "first", "paper").code());
      assertEquals(0, lanpo.run("run", "note", run, RecordedRuns.CRAFTED).code());
      return new Seen(
          lanpo, run, Page.toldOnOutput(lanpo.start("dashboard", "--port", "0")), Browser.open());
    }

    private static Path record(Lanpo lanpo, String seed) throws Exception {
      return RecordedRuns.record(
          lanpo,
          "steps",
          Integer.toString(STEPS),
          "seed",
          seed,
          "description",
          "experiment %s: lanpo, seed %s".formatted(EXPERIMENT, seed));
    }

    @Override
    public void close() throws Exception {
      browser.close();
      page.close();
    }
  }

  /** In the folder of the class that asks first: others may run in another process. */
  private static Seen seen(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(BrowserExtension.class))
        .getOrComputeIfAbsent(Seen.class, type -> Seen.begin(context), Seen.class);
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return Browser.missing()
        .map(ConditionEvaluationResult::disabled)
        .orElseGet(() -> ConditionEvaluationResult.enabled("there is a browser"));
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Seen.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return seen(context);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Browser browser = seen(context).browser();
    browser.forget();
    assertEquals(List.of(), browser.complaints());
  }
}
