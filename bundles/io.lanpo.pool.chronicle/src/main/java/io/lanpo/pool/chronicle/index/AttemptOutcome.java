package io.lanpo.pool.chronicle.index;

import io.lanpo.api.pool.Experience;

/** How an attempt ended. */
enum AttemptOutcome {
  RIGHT,
  WRONG,
  UNUSABLE;

  static AttemptOutcome of(Experience e) {
    if (!e.finished() || e.outcome().kind() != Experience.Outcome.Kind.SCORED) {
      return UNUSABLE;
    }
    return e.outcome().accepted() ? RIGHT : WRONG;
  }
}
