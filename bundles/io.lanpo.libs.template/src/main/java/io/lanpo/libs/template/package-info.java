/**
 * Prompts that users write as Mustache templates, refused with file and key before they are used.
 *
 * <p>{@link io.lanpo.libs.template.PromptTemplate} is the template; whoever reads the configuration
 * gives it its {@link io.lanpo.libs.template.Variables} and a {@link
 * io.lanpo.libs.template.Refusal} that knows where the template is written. Strategies that distil
 * share {@link io.lanpo.libs.template.LessonRule} and {@link
 * io.lanpo.libs.template.LessonTemplate}. {@link io.lanpo.libs.template.RowTemplate} is for texts
 * made of rows of data.
 */
@NullMarked
@Export
@Version("1.3.0")
package io.lanpo.libs.template;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
