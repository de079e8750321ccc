package io.lanpo.api.preview;

import io.lanpo.api.policy.PolicyBackend.ModelFacts;

/**
 * A model folder as a run would take it.
 *
 * @param facts what its weights are
 * @param vocabulary number of tokens
 * @param template whether it has a chat template
 * @param systemTurn whether the template shows a system turn
 * @param thinking whether answers may have a part that is thought aloud: the tokenizer has marks
 *     for it, and the template leaves it to the model
 */
public record ModelPreview(
    ModelFacts facts, int vocabulary, boolean template, boolean systemTurn, boolean thinking) {}
