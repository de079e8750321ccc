package io.lanpo.bench.verifier;

import io.lanpo.api.reward.Response;
import io.lanpo.api.task.AnswerKey;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Question;
import java.util.Map;

/**
 * Something to judge.
 *
 * @param problem with its answer key
 * @param response what a policy might have written
 */
record Case(Problem problem, Response response) {
  static Case of(String gold, String prediction) {
    return new Case(
        new Problem(new Question("benchmark", ""), new AnswerKey(gold), Map.of()),
        new Response(prediction, true));
  }
}
