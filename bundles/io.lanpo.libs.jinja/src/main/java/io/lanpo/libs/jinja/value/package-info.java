/**
 * What the values of a template are and what Python does with them: numbers, texts, lists,
 * dictionaries; and the budget that one rendering has.
 */
@NullMarked
package io.lanpo.libs.jinja.value;

import org.jspecify.annotations.NullMarked;
