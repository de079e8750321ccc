package io.lanpo.tasks.layout;

import io.lanpo.tasks.rows.Row;
import io.lanpo.tasks.rows.Shown;
import java.util.List;
import java.util.regex.Pattern;

/**
 * GSM8K: {@code question}, and an {@code answer} of which the last line is {@code #### 42}. Commas
 * that group digits are left out.
 */
final class Gsm8k implements Mapping {
  private static final String MARK = "####";
  private static final Pattern GROUPING = Pattern.compile("(?<=\\d),(?=\\d{3})");

  @Override
  public List<String> needs() {
    return List.of("question", "answer");
  }

  @Override
  public List<String> shows() {
    return List.of("question");
  }

  @Override
  public List<String> hides() {
    return List.of("answer");
  }

  @Override
  public String question(Shown shown) {
    return shown.required("question");
  }

  @Override
  public String key(Row row) {
    String answer = row.required("answer");
    int mark = answer.lastIndexOf(MARK);
    String number = mark < 0 ? "" : answer.substring(mark + MARK.length()).strip();
    if (number.isEmpty()) {
      throw row.place().fault("has an \"answer\" without a number behind " + MARK);
    }
    return GROUPING.matcher(number).replaceAll("");
  }
}
