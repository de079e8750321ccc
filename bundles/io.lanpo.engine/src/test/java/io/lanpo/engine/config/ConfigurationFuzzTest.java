package io.lanpo.engine.config;

import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.fuzz.Fuzz;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a configuration file holds, it is read, or refused with file and key. */
@Tag("full")
class ConfigurationFuzzTest {
  @TempDir private Path folder;

  @Test
  void runs() throws Exception {
    Files.writeString(folder.resolve("io.lanpo.run~base.cfg"), "steps = 3\n");
    String all =
        RunSettings.DECLARED.stream()
            .map(setting -> setting.key() + " = " + setting.defaultValue() + "\n")
            .collect(Collectors.joining());
    Fuzz.ofTexts(
            List.of("# a run\nextends = base\nsteps = 100\nseed: 7\n", all),
            List.of(
                "extends = base\n",
                "extends = x\n",
                "steps = ",
                "seed = 9223372036854775807\n",
                "\\u00",
                "\\\n",
                " = ",
                "!",
                "#",
                "sampling.temperature = NaN\n",
                "objective.correction = always\n"))
        .allowing(UserException.class)
        .run(
            content -> {
              Files.write(folder.resolve("io.lanpo.run~x.cfg"), content);
              List<ConfigurationSource> places = new RunConfigurations(folder).read("x");
              RunSettings.of(
                  Settings.of("x", RunSettings.DECLARED, ConfigurationSource.merged(places)));
            });
  }
}
