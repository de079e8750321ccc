/** HTTP: who may ask, what is answered, and the files of the page. */
@NullMarked
package io.lanpo.dashboard.web;

import org.jspecify.annotations.NullMarked;
