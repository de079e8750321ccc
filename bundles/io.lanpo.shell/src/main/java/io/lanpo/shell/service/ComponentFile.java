package io.lanpo.shell.service;

import java.util.List;

/**
 * The configuration file of a component, as its bundle describes it.
 *
 * @param name the file's name; {@code NAME} in it stands for any
 * @param options its keys
 */
public record ComponentFile(String name, List<Option> options) {
  public ComponentFile {
    options = List.copyOf(options);
  }

  /**
   * A key.
   *
   * @param key the key
   * @param defaultValue its default; empty when it has none
   * @param required whether the file must have it
   * @param allowed the words or the type of value that is allowed
   * @param meaning what it does
   */
  public record Option(
      String key, String defaultValue, boolean required, String allowed, String meaning) {}
}
