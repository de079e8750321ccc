package io.lanpo.tasks.layout;

import io.lanpo.libs.answer.AnswerFinder;
import io.lanpo.libs.answer.Found;
import io.lanpo.tasks.rows.Row;
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
  public String question(Row row) {
    return row.required("problem");
  }

  @Override
  public String key(Row row) {
    return BOX.find(row.required("solution"))
        .map(Found::text)
        .orElseThrow(() -> row.place().fault("has a \"solution\" without \\boxed{}"));
  }
}
