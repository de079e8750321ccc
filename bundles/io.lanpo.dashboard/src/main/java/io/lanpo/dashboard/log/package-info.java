/** What runs write while they go on: read piece by piece, however long and however broken. */
@NullMarked
package io.lanpo.dashboard.log;

import org.jspecify.annotations.NullMarked;
