package io.lanpo.experiment.plan;

import java.util.Map;

/**
 * A variant of the base run.
 *
 * @param name its name
 * @param title what it is, for readers
 * @param overrides key to value, on top of the base; those of the whole experiment included
 */
public record Variant(String name, String title, Map<String, String> overrides) {}
