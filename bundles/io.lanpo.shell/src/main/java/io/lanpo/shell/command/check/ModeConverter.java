package io.lanpo.shell.command.check;

import io.lanpo.api.component.Setting;
import io.lanpo.api.train.EvaluationMode;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an evaluation mode as it is written everywhere: {@code zero-shot}. */
final class ModeConverter implements ITypeConverter<EvaluationMode> {
  @Override
  public EvaluationMode convert(String word) {
    List<EvaluationMode> modes = Arrays.asList(EvaluationMode.values());
    return modes.stream()
        .filter(m -> Setting.word(m).equals(word))
        .findAny()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'%s' is not one of %s"
                        .formatted(
                            word, String.join(", ", modes.stream().map(Setting::word).toList()))));
  }
}
