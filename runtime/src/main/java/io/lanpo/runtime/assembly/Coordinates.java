package io.lanpo.runtime.assembly;

/** What names an artifact: group, artifact, version. */
record Coordinates(String group, String artifact, String version) {
  /** The artifact whatever its version. */
  String unversioned() {
    return group + ':' + artifact;
  }

  @Override
  public String toString() {
    return unversioned() + ':' + version;
  }
}
