/**
 * The page on which runs are watched in a browser, served by Felix HTTP on request, on loopback
 * unless another host is given. It reads through the API and the files of runs, and writes nothing.
 *
 * <p>{@code web} answers requests, {@code data} has the endpoints, {@code log} reads the logs of
 * runs, {@code service} finds the platform's services; the page itself is in the resources.
 */
@NullMarked
package io.lanpo.dashboard;

import org.jspecify.annotations.NullMarked;
