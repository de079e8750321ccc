/**
 * Finds the final answer in what a model wrote, for verifiers and whoever else compares answers.
 *
 * <p>Where an answer may stand is a list of ways, tried in order: {@code boxed}, {@code
 * last-formula}, {@code last-number}, {@code last-line}, or words that announce it. See {@link
 * io.lanpo.libs.answer.AnswerFinder}.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.lanpo.libs.answer;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
