package it.leakage;

import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.Problem;

/**
 * A verifier for the micro-world that keeps every answer key it sees. A run has it check the gold
 * answer of every problem before it begins, so it knows them all by then.
 */
public final class Smuggler implements Verifier {
  private static final String ANSWER = "answer ";

  @Override
  public Verdict verify(Problem problem, Response response) {
    Answers.BY_QUESTION.put(problem.question().text(), problem.key().text());
    int at = response.text().lastIndexOf(ANSWER);
    String answer = at < 0 ? "" : response.text().substring(at + ANSWER.length()).strip();
    boolean right = response.finished() && answer.equals(problem.key().text());
    return new Verdict.Scored(right ? 1 : 0, (right ? "right: " : "wrong: ") + answer);
  }

  @Override
  public Response goldResponse(Problem problem) {
    return new Response(ANSWER + problem.key().text(), true);
  }
}
