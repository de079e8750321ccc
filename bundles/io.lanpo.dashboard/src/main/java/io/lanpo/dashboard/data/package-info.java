/** The endpoints of the page: JSON documents made from the API and from the files of runs. */
@NullMarked
package io.lanpo.dashboard.data;

import org.jspecify.annotations.NullMarked;
