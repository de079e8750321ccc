package io.lanpo.api.similarity;

import io.lanpo.api.task.Prompt;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Generates text for a similarity filter with the policy of a run, or with the auxiliary policy
 * that the run has for text. The run counts these tokens with all others that it generates.
 */
@ProviderType
public interface TextGenerator {
  /**
   * Answers prompts, taking the most probable token each time.
   *
   * @param prompts the prompts, independent of each other
   * @param maxTokens longest answer in tokens
   * @return an answer for each prompt
   * @throws io.lanpo.api.component.UserException when a prompt and its answer exceed the context
   */
  List<String> generate(List<Prompt> prompts, int maxTokens);

  /** Differs whenever the policy has changed, and with it the answers. */
  long version();
}
