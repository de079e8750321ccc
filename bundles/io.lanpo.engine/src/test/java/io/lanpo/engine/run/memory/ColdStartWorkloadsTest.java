package io.lanpo.engine.run.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.Workload;
import io.lanpo.api.task.Prompt;
import io.lanpo.engine.fixture.FakeCurriculum;
import io.lanpo.engine.fixture.Problems;
import io.lanpo.tokenizer.TokenizerFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColdStartWorkloadsTest {
  /** A demonstration is a word and the end token. */
  @Test
  void updatesAndExamsAreReckonedWith() {
    FakeCurriculum curriculum = new FakeCurriculum();
    Tokenizer tokenizer = new TokenizerFactory().ofWords(curriculum.vocabulary());
    int prompt = tokenizer.encode(new Prompt.Plain("exam")).length;
    assertEquals(
        List.of(new Workload(7, 1, prompt, 2, true), new Workload(1, 1, prompt, 4, true, 0)),
        new ColdStartWorkloads(
                Problems.settings("coldstart.batch", "7").coldStart(), curriculum, tokenizer, 1)
            .all()
            .toList());
  }
}
