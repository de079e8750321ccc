package io.lanpo.api.similarity;

import io.lanpo.api.task.Prompt;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The policy of a run as a similarity filter may use it, or a second one that the run has for text:
 * it answers prompts. The run counts what it writes like all else that it generates.
 */
@ProviderType
public interface Respondent {
  /**
   * Has the policy answer, taking the most probable token each time.
   *
   * @param prompts what is asked, each for itself
   * @param maxTokens longest answer in tokens
   * @return an answer for each prompt
   * @throws io.lanpo.api.component.UserException when a prompt and its answer exceed the context
   */
  List<String> answers(List<Prompt> prompts, int maxTokens);

  /** A number that is another one whenever the policy has changed, and with it what it answers. */
  long state();
}
