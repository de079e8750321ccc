package io.lanpo.api.policy;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Makes tokenizers, for every policy backend. */
@ProviderType
public interface TokenizerService {
  /**
   * A word-level tokenizer for a new model: words are separated by white space; padding, begin- and
   * end-of-sequence tokens have the ids 0, 1 and 2, the words follow in their order.
   */
  Tokenizer ofWords(List<String> words);

  /**
   * The tokenizer of a checkpoint folder. Text that spells a special token stays text.
   *
   * @throws io.lanpo.api.component.UserException when {@code tokenizer.json} is missing or of an
   *     unknown kind
   */
  default Tokenizer open(Path checkpoint) {
    return open(checkpoint, Options.DEFAULT);
  }

  /**
   * The same.
   *
   * @param spelled what text that spells a special token becomes
   */
  default Tokenizer open(Path checkpoint, SpecialTokens spelled) {
    return open(checkpoint, Options.DEFAULT.with(spelled));
  }

  /**
   * The same.
   *
   * @throws io.lanpo.api.component.UserException also when the options name a variable that the
   *     chat template does not read
   */
  Tokenizer open(Path checkpoint, Options options);

  /**
   * How the tokenizer of a checkpoint treats prompts.
   *
   * @param spelled what text that spells a special token becomes
   * @param chat values for variables of the chat template, by their names: {@code Boolean}, {@code
   *     Long}, {@code Double} or {@code String}
   * @param key the key of such a variable as a user writes it, with {@code *} for its name; for
   *     messages
   * @param marks where the marks of thinking come from
   * @param thinking the marks that were given
   */
  record Options(
      SpecialTokens spelled,
      Map<String, Object> chat,
      String key,
      Marks marks,
      Optional<Tokenizer.Thinking> thinking) {
    /** Where the marks of thinking come from. */
    public enum Marks {
      /** They are {@code <think>} and {@code </think>} if the model declares them. */
      DECLARED,
      /** They are {@link Options#thinking}; perhaps there are none. */
      GIVEN
    }

    private static final String AUTO = "auto";
    private static final String NONE = "none";

    /** The setting of the marks, of every backend that encodes prompts. */
    public static final Setting<String> THINKING =
        Setting.text(
            "thinking",
            AUTO,
            "Marks around the model's thinking, which is left out where an answer is looked for and where"
                + " attempts and lessons come back into prompts: auto (<think> and </think> if the model"
                + " declares them), none, or two texts with a blank between.");

    /** The settings of the variables, of every backend that encodes prompts. */
    public static final Setting<Object> CHAT =
        Setting.scalars(
            "chat.*",
            "Variables of the model's chat template by their names, as chat.enable_thinking = false for"
                + " Qwen3; one that the template does not read is refused. Quotes make a number a text.");

    /** Text stays text, and the chat template has its own defaults. */
    public static final Options DEFAULT =
        new Options(SpecialTokens.TEXT, Map.of(), CHAT.key(), Marks.DECLARED, Optional.empty());

    public Options {
      chat = Map.copyOf(chat);
    }

    /**
     * What the settings of a backend say, as far as it declares {@link #CHAT} and its kin.
     *
     * @throws UserException when {@link #THINKING} is none of what it may be
     */
    public static Options of(Settings settings) {
      String marks = settings.declares(THINKING) ? settings.get(THINKING) : AUTO;
      return new Options(
          settings.declares(SpecialTokens.SETTING)
              ? settings.get(SpecialTokens.SETTING)
              : SpecialTokens.TEXT,
          settings.members(CHAT),
          settings.key(CHAT),
          marks.equals(AUTO) ? Marks.DECLARED : Marks.GIVEN,
          marks.equals(AUTO) || marks.equals(NONE)
              ? Optional.empty()
              : Optional.of(thinking(settings.key(THINKING), marks)));
    }

    private static Tokenizer.Thinking thinking(String key, String marks) {
      String[] two = marks.split("\\s+");
      if (two.length != 2 || two[0].equals(two[1])) {
        throw new UserException(
            "%s = %s is not allowed; it must be auto, none, or two different texts with a blank between"
                .formatted(key, marks.isEmpty() ? "(empty)" : marks),
            "Write, for example, %s = [THINK] [/THINK].".formatted(key));
      }
      return new Tokenizer.Thinking(two[0], two[1]);
    }

    Options with(SpecialTokens other) {
      return new Options(other, chat, key, marks, thinking);
    }
  }
}
