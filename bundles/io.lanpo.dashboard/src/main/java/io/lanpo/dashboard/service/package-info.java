/** Services of the platform, for the time of a request. */
@NullMarked
package io.lanpo.dashboard.service;

import org.jspecify.annotations.NullMarked;
