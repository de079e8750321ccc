/**
 * Problems from files, as people have them.
 *
 * <p>{@link io.lanpo.tasks.file.FileProblems} opens the task: {@link
 * io.lanpo.tasks.file.ProblemReader} makes problems of rows, all of a file or nothing, and {@link
 * io.lanpo.tasks.file.Split} sets some aside for evaluation. {@link io.lanpo.tasks.file.AnyFile}
 * and {@link io.lanpo.tasks.file.JsonLines} are the services.
 */
@NullMarked
package io.lanpo.tasks.file;

import org.jspecify.annotations.NullMarked;
