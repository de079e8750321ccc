/** HTTP: access control, responses, and the static files of the page. */
@NullMarked
package io.lanpo.dashboard.web;

import org.jspecify.annotations.NullMarked;
