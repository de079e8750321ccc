package io.lanpo.tasks.jsonl;

import io.lanpo.api.task.Problem;
import java.nio.file.Path;

/**
 * A problem and where it stands.
 *
 * @param file the file
 * @param line the line, from 1
 * @param problem the problem
 */
record Entry(Path file, long line, Problem problem) {
  /** {@code FILE:LINE}, for messages. */
  String place() {
    return file + ":" + line;
  }

  /**
   * The wording without differences of white space; two entries with the same wording are the same
   * problem.
   */
  String wording() {
    return problem.question().text().strip().replaceAll("\\s+", " ");
  }
}
