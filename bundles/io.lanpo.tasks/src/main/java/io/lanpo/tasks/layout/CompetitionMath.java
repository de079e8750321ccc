package io.lanpo.tasks.layout;

import io.lanpo.libs.answer.AnswerFinder;
import io.lanpo.libs.answer.Found;
import io.lanpo.tasks.rows.Row;
import io.lanpo.tasks.rows.Shown;
import java.util.List;

/**
 * MATH: {@code problem}, and a {@code solution} with the answer in its last <code>\boxed{}</code>.
 */
final class CompetitionMath implements Mapping {
  private static final AnswerFinder BOX = new AnswerFinder(List.of(AnswerFinder.BOXED));

  @Override
  public List<String> needs() {
    return List.of("problem", "solution");
  }

  @Override
  public List<String> shows() {
    return List.of("problem");
  }

  @Override
  public List<String> hides() {
    return List.of("solution", "answer");
  }

  @Override
  public String question(Shown shown) {
    return shown.required("problem");
  }

  @Override
  public String key(Row row) {
    return BOX.find(row.required("solution"))
        .map(Found::text)
        .orElseThrow(() -> row.place().fault("has a \"solution\" without \\boxed{}"));
  }
}
