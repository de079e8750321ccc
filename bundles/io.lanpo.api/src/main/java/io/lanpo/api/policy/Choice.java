package io.lanpo.api.policy;

/**
 * What a backend chose by itself for a setting that leaves it the choice, such as {@code precision
 * = auto}.
 *
 * @param key the setting, as the backend declares it
 * @param value an allowed value of it
 * @param reason the value and why, in a line for people; empty where it goes without saying
 */
public record Choice(String key, String value, String reason) {}
