/**
 * Language feedback. Nothing in this package leads to a reward, a verdict or an answer key, so a
 * strategy cannot leak one into a prompt: leakage is excluded by types.
 */
@Export
@Version("2.1.0")
@NullMarked
package io.lanpo.api.feedback;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
