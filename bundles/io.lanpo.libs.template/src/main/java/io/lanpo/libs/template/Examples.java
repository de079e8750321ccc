package io.lanpo.libs.template;

import java.util.Arrays;
import java.util.List;

/**
 * Worked examples that stand before every prompt of a template, word by word: earlier turns of the
 * chat, or text in front. A small model learns from them how an answer looks better than from a
 * description.
 *
 * @param pairs the examples, in order
 */
public record Examples(List<Pair> pairs) {
  private static final String ARROW = "=>";

  public Examples {
    pairs = List.copyOf(pairs);
  }

  /**
   * An example.
   *
   * @param prompt what is asked
   * @param completion what is answered
   */
  public record Pair(String prompt, String completion) {}

  /**
   * Reads {@code prompt => completion || prompt => completion}.
   *
   * @param refusal what to throw when an example lacks the arrow, or has nothing on one side of it
   * @throws io.lanpo.api.component.UserException made by the refusal
   */
  public static Examples parse(String written, Refusal refusal) {
    return new Examples(
        Arrays.stream(written.split("\\|\\|"))
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .map(text -> pair(text, refusal))
            .toList());
  }

  private static Pair pair(String text, Refusal refusal) {
    int arrow = text.indexOf(ARROW);
    String prompt = arrow < 0 ? "" : text.substring(0, arrow).strip();
    String completion = arrow < 0 ? "" : text.substring(arrow + ARROW.length()).strip();
    if (prompt.isEmpty() || completion.isEmpty()) {
      throw refusal.refuse(
          "has '%s', which is not a prompt and a completion".formatted(text),
          "Write prompt => completion, and || between examples.",
          null);
    }
    return new Pair(prompt, completion);
  }
}
