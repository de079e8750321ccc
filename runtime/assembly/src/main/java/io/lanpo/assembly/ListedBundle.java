package io.lanpo.assembly;

/**
 * A bundle as a feature lists it.
 *
 * @param feature name of the feature
 * @param startLevel level of the framework at which it starts; 0 is the framework itself
 * @param interactive whether only an interactive shell needs it
 */
record ListedBundle(Coordinates id, String feature, int startLevel, boolean interactive) {
  /** The folder of the product that the launcher reads level, feature and mode from. */
  String folder() {
    if (startLevel == 0) {
      return "lib";
    }
    return "bundles/%02d-%s%s".formatted(startLevel, feature, interactive ? "-interactive" : "");
  }
}
