package io.lanpo.engine.run.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.engine.fixture.FakeMethod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearningLengthTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "schedule.warmup=4 | ''",
        "steps=0 | ''",
        "schedule=linear schedule.warmup=2 | ''",
        "objective.kl=0.1 objective.reference-refresh=3 | ''",
        "schedule.warmup=8 | the learning-rate schedule, with schedule.warmup = 8, comes to 0.5 of"
            + " optimizer.learning-rate = 0.1 at most within steps = 4",
        "objective.kl=0.1 objective.reference-refresh=4 | the objective renews its reference every"
            + " 4 steps, which never comes about within steps = 4"
      })
  void whatARunIsTooShortForIsTold(String set, String told) {
    Map<String, String> values =
        new HashMap<>(Map.of("steps", "4", "optimizer.learning-rate", "0.1"));
    for (String one : set.split(" ")) {
      values.put(one.substring(0, one.indexOf('=')), one.substring(one.indexOf('=') + 1));
    }
    FakeMethod method = FakeMethod.of(values);
    assertEquals(
        told.isEmpty() ? List.of() : List.of(told),
        LearningLength.untimely(method.settings(), method.learning(), values));
  }
}
