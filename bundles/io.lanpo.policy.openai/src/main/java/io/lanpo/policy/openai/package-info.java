/**
 * A policy behind an OpenAI-compatible endpoint, such as vLLM's: for evaluation, distilling and
 * judging. It does not learn.
 */
@NullMarked
package io.lanpo.policy.openai;

import org.jspecify.annotations.NullMarked;
