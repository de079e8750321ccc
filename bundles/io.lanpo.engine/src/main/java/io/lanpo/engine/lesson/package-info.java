/**
 * Lessons: distilled from judged attempts, selected for a question, and withheld where they come
 * from the same problem in other words.
 */
@NullMarked
package io.lanpo.engine.lesson;

import org.jspecify.annotations.NullMarked;
