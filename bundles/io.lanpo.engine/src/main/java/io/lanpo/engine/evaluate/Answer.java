package io.lanpo.engine.evaluate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A completion of an evaluation as it was judged; a line of its {@code answers.jsonl}.
 *
 * @param mode the word of the mode
 * @param number the problem's number among those of the task
 * @param sample counts the completions of a problem in a mode, from 0
 * @param problem the problem's id
 * @param lessons ids of the lessons that the prompt showed
 * @param fellBack whether feedback was planned but there was nothing to show
 * @param uncondensed whether the policy was to condense the lessons and wrote no text, so that they
 *     were shown as they are
 * @param finished false when the length limit cut it
 * @param tokens its length
 * @param verdict the word of the verdict's kind: {@code scored}, {@code abstained}, {@code failed}
 * @param reward the reward; 0 unless it was scored
 * @param accepted whether the verifier accepts it as right in every way
 * @param answer the final answer in it as the verifier reads it; null when there is none or the
 *     verifier does not say
 * @param explanation the verdict's
 * @param text what the policy wrote
 * @param behind what of it stands behind the thinking; null when all of it does
 */
public record Answer(
    String mode,
    int number,
    int sample,
    String problem,
    List<String> lessons,
    boolean fellBack,
    boolean uncondensed,
    boolean finished,
    int tokens,
    String verdict,
    double reward,
    boolean accepted,
    @Nullable String answer,
    String explanation,
    String text,
    @Nullable String behind) {

  /** The text without thinking, as prompts may show it. */
  public String shown() {
    return behind == null ? text : behind;
  }

  /** Whether it has a reward. */
  public boolean scored() {
    return verdict.equals("scored");
  }

  /** Whether it has all that a line must have; a line of another program may lack something. */
  public boolean isWhole() {
    return mode != null && lessons != null && verdict != null && text != null;
  }
}
