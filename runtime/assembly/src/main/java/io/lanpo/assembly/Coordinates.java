package io.lanpo.assembly;

/** What names an artifact: group, artifact, version. */
record Coordinates(String group, String artifact, String version) {
  /** The artifact whatever its version. */
  String unversioned() {
    return group + ':' + artifact;
  }

  /** The name of its file. */
  String fileName() {
    return artifact + '-' + version + ".jar";
  }

  @Override
  public String toString() {
    return unversioned() + ':' + version;
  }
}
