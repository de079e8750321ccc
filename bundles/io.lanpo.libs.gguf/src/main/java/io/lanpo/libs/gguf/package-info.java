/**
 * Files of llama.cpp: a model's metadata, its tokenizer and its weights, often quantised, in one
 * file.
 *
 * <p>{@link io.lanpo.libs.gguf.GgufFile} opens a file and checks that its parts are where it says;
 * {@link io.lanpo.libs.gguf.Metadata} has its notes, {@link io.lanpo.libs.gguf.GgufTensor} reads
 * weights as floats. Written from the description of the format by the ggml project.
 */
@NullMarked
@Export
@Version("1.0.0")
package io.lanpo.libs.gguf;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
