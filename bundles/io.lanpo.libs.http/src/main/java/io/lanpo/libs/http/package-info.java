/**
 * Asking a model server over HTTP: its address and key, retries, time-outs and bounded parallelism.
 *
 * <p>{@link io.lanpo.libs.http.HttpSettings} declares the settings, {@link
 * io.lanpo.libs.http.Endpoint} and {@link io.lanpo.libs.http.ApiKey} are read from them, {@link
 * io.lanpo.libs.http.Transport} asks, {@link io.lanpo.libs.http.InFlight} has many requests under
 * way.
 */
@NullMarked
@Export
@Version("1.1.0")
package io.lanpo.libs.http;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
