/**
 * What an answer says, as a tree: {@link io.lanpo.verifier.math.tree.Expr}, and how it is shown to
 * a reader.
 */
@NullMarked
package io.lanpo.verifier.math.tree;

import org.jspecify.annotations.NullMarked;
