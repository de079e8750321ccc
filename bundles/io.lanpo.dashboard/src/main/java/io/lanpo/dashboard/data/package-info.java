/** What the page shows, as documents. Every answer is made from the API and the run's own files. */
@NullMarked
package io.lanpo.dashboard.data;

import org.jspecify.annotations.NullMarked;
