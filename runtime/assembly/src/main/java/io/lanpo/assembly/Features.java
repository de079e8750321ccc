package io.lanpo.assembly;

import java.util.List;
import java.util.Map;

/**
 * What the features of a product ask for together.
 *
 * @param names of the features
 * @param bundles in the order of the features, the framework included
 * @param launchProperties properties of the framework; {@code ${name}} in a value is for the
 *     launcher to replace
 */
record Features(
    List<String> names, List<ListedBundle> bundles, Map<String, String> launchProperties) {}
