package io.lanpo.objective;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.objective.Objective;
import java.util.List;

/** A clipped surrogate whose options have a preset's defaults. */
abstract class PresetObjective implements Objective {
  private final Preset preset;

  PresetObjective(Preset preset) {
    this.preset = preset;
  }

  @Override
  public List<Setting<?>> settings() {
    return preset.settings();
  }

  @Override
  public Learning open(Settings settings) {
    Options options = Options.of(settings);
    return new SurrogateLearning(options, Companions.unused(settings(), settings, options));
  }
}
