/**
 * A template that has been read, and what it can call: functions, methods, filters and tests. A new
 * one is one line in the table of its class, and one in that of the tests.
 */
@NullMarked
package io.lanpo.libs.jinja.render;

import org.jspecify.annotations.NullMarked;
