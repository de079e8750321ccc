/**
 * DJL with its PyTorch engine and the Hugging Face tokenizers, as one bundle.
 *
 * <p>A native library belongs to the class loader that loaded it, and a JVM loads it once. So the
 * DJL jars, which find each other through the thread's context class loader, sit together in this
 * bundle; it is never refreshed while the framework runs, and other bundles come and go around it.
 * Nothing native is loaded before the first class of DJL is asked for.
 *
 * <p>{@link io.lanpo.libs.djl.Djl#engine()} is the entry to the engine that explains what is wrong
 * when there is none; {@link io.lanpo.libs.djl.Djl#tokenizers()} is the one to the tokenizers.
 */
@NullMarked
@Export
@Version("1.1.0")
package io.lanpo.libs.djl;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
