package io.lanpo.shell.draft;

import io.lanpo.api.policy.Choice;
import io.lanpo.api.preview.DataReport;
import io.lanpo.api.preview.MemoryPreview;
import io.lanpo.api.preview.ModelPreview;
import io.lanpo.api.preview.TaskPreview;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A drafted configuration.
 *
 * @param request what it is for
 * @param recipe name of the configuration that it extends
 * @param lines its own values
 * @param data what the data file holds
 * @param model what the model folder holds
 * @param task its problems
 * @param memory what it takes
 * @param commands what to try next
 */
public record Draft(
    Request request,
    String recipe,
    List<Line> lines,
    DataReport data,
    ModelPreview model,
    TaskPreview task,
    MemoryPreview memory,
    List<Costs> commands) {
  private static final String HEAD = "# Drafted by 'lanpo new";

  public Draft {
    lines = List.copyOf(lines);
    commands = List.copyOf(commands);
  }

  /** Facts about model and data for people, by what they are about. */
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(
        "model",
        String.format(
            Locale.ROOT,
            "%s, %,.0f million weights stored as %s, context %,d tokens, vocabulary %,d",
            model.facts().family(),
            model.facts().parameters() / 1e6,
            model.facts().storedAs(),
            model.facts().contextLength(),
            model.vocabulary()));
    facts.put(
        "chat template",
        (model.systemTurn() ? "with a system turn" : "without a system turn")
            + (model.thinking() ? "; the model may think aloud" : ""));
    facts.put(
        "data",
        String.format(
            Locale.ROOT,
            "%,d rows of %s, layout %s; %.0f %% of the answers are %s",
            data.rows(),
            data.format(),
            data.layout(),
            100 * data.uniform(),
            Recipe.described(data.answers())));
    facts.put(
        "problems",
        String.format(
            Locale.ROOT,
            "%,d to learn from, %,d held out; prompts of %,d tokens (median), %,d (95 %%), %,d (longest)",
            task.training(),
            task.heldOut(),
            task.prompts().median(),
            task.prompts().most95(),
            task.prompts().longest()));
    facts.put("gold answers", gold());
    facts.put("duplicates", duplicates());
    facts.put(
        "memory",
        "%s of the %s that are free"
            .formatted(Sizes.of(memory.bytes()), Sizes.of(memory.available())));
    memory.choices().stream()
        .map(Choice::reason)
        .filter(reason -> !reason.isEmpty())
        .forEach(reason -> facts.put("precision", reason));
    return facts;
  }

  private String gold() {
    return task.refused() == 0
        ? "the verifier accepts all of them"
        : String.format(
            Locale.ROOT,
            "the verifier refuses %,d, which are left out: %s",
            task.refused(),
            String.join("; ", task.refusals()));
  }

  private String duplicates() {
    long left = task.training() + (long) task.heldOut() + task.refused() + task.exact();
    return String.format(
        Locale.ROOT,
        "%,d rows repeat others and count once; %,d training problems are held-out ones, too (left out), %,d nearly so%s",
        Math.max(0, data.rows() - left),
        task.exact(),
        task.near(),
        task.twins().isEmpty() ? "" : " (such as " + task.twins() + ")");
  }

  /** Whether the text of a configuration is a draft, edited or not. */
  public static boolean isOne(String text) {
    return text.startsWith(HEAD);
  }

  /** The file. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        %1$s %2$s'; above each value stands why it has it. To start it:
        #   runtime/bin/lanpo train %2$s
        """
            .formatted(HEAD, request.name()));
    facts().forEach((about, fact) -> text.append("# %s: %s\n".formatted(about, oneLine(fact))));
    text.append(
        """

        # what is not said here: runtime/bin/lanpo config %2$s
        extends = %2$s
        description = %3$s
        """
            .formatted(request.name(), recipe, "LANPO on " + request.data().getFileName()));
    lines.forEach(line -> text.append('\n').append(line.written()));
    return text.toString();
  }

  private static String oneLine(String fact) {
    return fact.replaceAll("\\s+", " ");
  }
}
