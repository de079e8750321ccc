package io.lanpo.tasks.micro;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Settings;
import io.lanpo.api.task.Question;
import io.lanpo.libs.question.NearDuplicates;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MicroDuplicatesTest {
  /**
   * All micro problems of an operator share every word, so the alarm would be costly if it went by
   * words. Fewer than one in a hundred of another problem's lessons may be withheld.
   */
  @Test
  void nearlyAllMicroProblemsRemainForEachOther() {
    MicroWorld world = new MicroWorld();
    List<Question> questions =
        world.open(Settings.defaults(world.settings()), 3).training().stream()
            .map(p -> p.question())
            .toList();
    NearDuplicates duplicates = new NearDuplicates(0.1);
    duplicates.index(questions);
    long alarms = 0;
    for (Question question : questions) {
      Set<Question> found = duplicates.of(question);
      assertTrue(found.contains(question));
      alarms += found.size() - 1;
    }
    double share = (double) alarms / questions.size() / questions.size();
    assertTrue(share < 0.01, "share of alarms " + share);
  }
}
