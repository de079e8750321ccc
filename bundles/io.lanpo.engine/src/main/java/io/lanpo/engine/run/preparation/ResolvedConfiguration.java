package io.lanpo.engine.run.preparation;

import io.lanpo.api.component.Settings;
import io.lanpo.engine.run.components.PinnedComponents;
import java.util.Map;

/**
 * Components and settings of a configuration.
 *
 * @param components pinned; to be closed
 * @param settings checked, component settings included
 * @param overrides what was set on top of the files, by full keys
 * @param choices what components chose for this machine, in words, by full keys; the settings have
 *     the values
 * @param asked what the files and overrides have in place of these values, by full keys
 */
public record ResolvedConfiguration(
    PinnedComponents components,
    Settings settings,
    Map<String, String> overrides,
    Map<String, String> choices,
    Map<String, String> asked) {}
