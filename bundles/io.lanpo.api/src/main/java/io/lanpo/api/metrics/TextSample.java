package io.lanpo.api.metrics;

import io.lanpo.api.train.EvaluationMode;
import java.util.OptionalDouble;

/**
 * A completion of an evaluation.
 *
 * @param mode how the problem was posed
 * @param problem the problem's id
 * @param prompt the prompt as text
 * @param completion what the policy wrote
 * @param reward its reward; empty when the verifier abstained or failed
 */
public record TextSample(
    EvaluationMode mode, String problem, String prompt, String completion, OptionalDouble reward) {}
