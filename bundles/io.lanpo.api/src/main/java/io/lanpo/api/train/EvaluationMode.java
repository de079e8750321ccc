package io.lanpo.api.train;

import java.util.List;

/** How problems are posed in an evaluation. */
public enum EvaluationMode {
  /** The plain question. */
  ZERO_SHOT,
  /** Answer, then reflect on the answer and answer again; the second answer counts. */
  REFLECT,
  /** The question with relevant lessons from the pool. */
  RETRIEVE,
  /** Answer with relevant lessons, then reflect on that answer; the second answer counts. */
  RETRIEVE_REFLECT;

  /** The modes in which a run evaluates its policy itself, before its first step and at its end. */
  public static List<EvaluationMode> ofRuns() {
    return List.of(ZERO_SHOT, REFLECT, RETRIEVE);
  }
}
