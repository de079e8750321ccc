package io.lanpo.shell.draft;

/**
 * A line of a configuration.
 *
 * @param key the setting's key, in full
 * @param value as a run reads it
 * @param reason why it has this value, in a sentence
 */
public record Line(String key, String value, String reason) {
  /** As the file has it: backslashes and line ends are written with a backslash. */
  String written() {
    String escaped = value.replace("\\", "\\\\").replace("\n", "\\n");
    return "# %s\n%s =%s\n".formatted(reason, key, escaped.isEmpty() ? "" : " " + escaped);
  }
}
