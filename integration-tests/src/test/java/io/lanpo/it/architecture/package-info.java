/** The architecture rules, checked against the bundles as they were built. */
@NullMarked
package io.lanpo.it.architecture;

import org.jspecify.annotations.NullMarked;
