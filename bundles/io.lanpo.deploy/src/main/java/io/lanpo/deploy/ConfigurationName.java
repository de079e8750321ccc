package io.lanpo.deploy;

/**
 * What the name of a configuration file says: {@code PID.cfg} or {@code PID~NAME.cfg}.
 *
 * @param pid the PID of the component that reads it
 * @param instance the name of what it makes; empty for the component itself
 */
record ConfigurationName(String pid, String instance) {
  static final String SUFFIX = ".cfg";

  static ConfigurationName of(String fileName) {
    String name = fileName.substring(0, fileName.length() - SUFFIX.length());
    int tilde = name.indexOf('~');
    return tilde < 0
        ? new ConfigurationName(name, "")
        : new ConfigurationName(name.substring(0, tilde), name.substring(tilde + 1));
  }

  /** Whether it is the file of the component under its own name. */
  boolean only() {
    return instance.isEmpty();
  }
}
