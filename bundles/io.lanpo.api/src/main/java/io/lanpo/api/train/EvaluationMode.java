package io.lanpo.api.train;

/** How held-out problems are posed. */
public enum EvaluationMode {
  /** The plain question. */
  ZERO_SHOT,
  /** Answer, then reflect on the answer and answer again; the second answer counts. */
  REFLECT,
  /** The question with relevant lessons from the pool. */
  RETRIEVE
}
