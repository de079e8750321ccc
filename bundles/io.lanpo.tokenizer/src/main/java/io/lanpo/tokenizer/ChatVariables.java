package io.lanpo.tokenizer;

import io.lanpo.api.component.Names;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.TokenizerService;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Values that a configuration gives to variables of a chat template.
 *
 * @param options how the tokenizer is opened
 */
record ChatVariables(TokenizerService.Options options) {
  /** The special tokens that a template sees, by the names of its tokenizer's configuration. */
  static final List<String> SPECIAL =
      List.of(
          "bos_token",
          "eos_token",
          "unk_token",
          "sep_token",
          "pad_token",
          "cls_token",
          "mask_token");

  /** What every template sees; with other values the prompt would be another one, or none. */
  private static final List<String> GIVEN =
      List.of("messages", "tools", "documents", "add_generation_prompt", "continue_final_message");

  /** The values by name. */
  Map<String, Object> values() {
    return options.chat();
  }

  /**
   * Refuses what would have no effect, or the wrong one.
   *
   * @param read the variables that the template reads
   * @param where the template is written
   */
  void check(Set<String> read, String where) {
    Set<String> free = new TreeSet<>(read);
    free.removeAll(GIVEN);
    free.removeAll(SPECIAL);
    for (Map.Entry<String, Object> given : values().entrySet()) {
      String name = given.getKey();
      String written = "%s = %s".formatted(options.key().replace("*", name), given.getValue());
      if (GIVEN.contains(name) || SPECIAL.contains(name)) {
        throw new UserException(
            "%s: the platform itself says what %s is".formatted(written, name),
            "Remove the key." + (free.isEmpty() ? "" : " " + all(free)));
      }
      if (!free.contains(name)) {
        throw new UserException(
            "%s, but the chat template %s does not read %s".formatted(written, where, name),
            free.isEmpty()
                ? "Remove the key: it reads no variables that can be set."
                : Names.suggestion(name, free) + " " + all(free));
      }
    }
  }

  private static String all(Set<String> free) {
    return "It reads %s.".formatted(String.join(", ", free));
  }
}
