package io.lanpo.tasks.file;

import io.lanpo.api.task.Problem;
import io.lanpo.libs.question.Wording;
import io.lanpo.tasks.rows.Place;

/**
 * A problem and where it stands.
 *
 * @param place the row
 * @param weight how often it comes up in a pass over the data
 * @param problem the problem
 */
record Entry(Place place, double weight, Problem problem) {
  /** Two entries with the same wording are the same problem. */
  Wording wording() {
    return Wording.of(problem.question().text());
  }

  /** Whether the other one says the same. */
  boolean repeats(Entry other) {
    return wording().equals(other.wording()) && problem.key().equals(other.problem.key());
  }

  /** The copies of it in a pass: the weight, and of what is left over one for a share of texts. */
  int copies() {
    int whole = (int) weight;
    return weight > whole && wording().place("weight") < weight - whole ? whole + 1 : whole;
  }
}
