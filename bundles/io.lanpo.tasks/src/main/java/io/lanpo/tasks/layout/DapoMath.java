package io.lanpo.tasks.layout;

import com.google.gson.JsonArray;
import io.lanpo.tasks.rows.Row;
import io.lanpo.tasks.rows.Shown;
import java.util.Arrays;
import java.util.List;

/**
 * DAPO-Math-17k: {@code prompt} is a list of turns, or a text, and the answer is {@code
 * ground_truth} within {@code reward_model}. The problem stands between a paragraph that asks for
 * the form of the answer and one that reminds of it, both of which have {@code Answer:}; they are
 * left out, since how a problem is posed is for the task's prompt to say.
 */
final class DapoMath implements Mapping {
  private static final String ASKED_FORM = "Answer:";
  private static final int FRAME = 2;

  @Override
  public List<String> needs() {
    return List.of("prompt", "reward_model.ground_truth");
  }

  @Override
  public List<String> shows() {
    return List.of("prompt");
  }

  @Override
  public List<String> hides() {
    return List.of("reward_model");
  }

  @Override
  public String question(Shown shown) {
    Row row = shown.row();
    int last =
        row.value("prompt").map(p -> p instanceof JsonArray a ? a.size() - 1 : -1).orElse(-1);
    String prompt = shown.required(last < 0 ? "prompt" : "prompt.%d.content".formatted(last));
    List<String> paragraphs = Arrays.asList(prompt.strip().split("\\n\\s*\\n"));
    int end = paragraphs.size() - 1;
    boolean framed =
        end >= FRAME
            && paragraphs.get(0).contains(ASKED_FORM)
            && paragraphs.get(end).contains(ASKED_FORM);
    return framed ? String.join("\n\n", paragraphs.subList(1, end)) : prompt;
  }

  @Override
  public String key(Row row) {
    return row.required("reward_model.ground_truth");
  }
}
