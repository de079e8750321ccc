package io.lanpo.deploy;

/**
 * What the name of a configuration file says: {@code PID.cfg} or {@code PID~NAME.cfg}.
 *
 * @param pid the PID of the component that reads it
 * @param only whether it is the component's only file
 */
record ConfigurationName(String pid, boolean only) {
  static final String SUFFIX = ".cfg";

  static ConfigurationName of(String fileName) {
    String pid = fileName.replaceFirst("(~.*)?\\.cfg$", "");
    return new ConfigurationName(pid, fileName.equals(pid + SUFFIX));
  }
}
