package io.lanpo.engine.config;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import java.util.List;

/**
 * What a run's auxiliary policy does, if it has one ({@link ComponentKind#TEXT}).
 *
 * <p>The keys have no dot: under {@code text.} stand the settings that its backend declares, which
 * may have any name.
 *
 * @param model folder that its backend opens: a checkpoint, or the tokenizer of a server's model
 * @param use what it does in place of the policy under training
 */
public record TextSettings(String model, Use use) {

  /** What an auxiliary policy does. */
  public enum Use {
    /** Both of the others. */
    BOTH,
    /** It distils the lessons of training steps. */
    DISTILLING,
    /** It answers the similarity filter, in training steps and evaluations. */
    JUDGING
  }

  /** Folder of the policy for text. */
  public static final Setting<String> MODEL =
      Setting.text(
          "text-model",
          "",
          "folder that the policy for text is opened from: a checkpoint, or the tokenizer's files of"
              + " the model that a server has");

  private static final Setting<Use> USE =
      Setting.choice(
          "text-for",
          Use.class,
          "what the policy for text does in place of the policy under training: it distils lessons,"
              + " answers a similarity filter that asks, such as judge, or both. Settings of its"
              + " own stand under text. as those of the other one stand under policy.");

  static final List<Setting<?>> DECLARED = List.of(MODEL, USE);

  static TextSettings of(Settings settings) {
    return new TextSettings(settings.get(MODEL), settings.get(USE));
  }

  /** Whether it distils lessons. */
  public boolean distils() {
    return use != Use.JUDGING;
  }

  /** Whether it answers the similarity filter. */
  public boolean judges() {
    return use != Use.DISTILLING;
  }
}
