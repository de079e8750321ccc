package io.lanpo.shell.draft;

import java.nio.file.Path;

/**
 * What a configuration is drafted for. Words that are empty are for the draft to find out.
 *
 * @param name of the configuration
 * @param model folder
 * @param data file
 * @param task word of a {@link Recipe}
 * @param layout published layout of the data
 * @param problemField field with the wording
 * @param answerField field with the answer
 */
public record Request(
    String name,
    Path model,
    Path data,
    String task,
    String layout,
    String problemField,
    String answerField) {}
