/** Reads a template: texts and tags, then the expressions in them. */
@NullMarked
package io.lanpo.libs.jinja.parse;

import org.jspecify.annotations.NullMarked;
