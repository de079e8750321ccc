/**
 * The similarity filter {@code minilm}: cosine of sentence embeddings (all-MiniLM-L6-v2, quantised,
 * 384 numbers a text), calculated on the processor by ONNX Runtime. Model, vocabulary and native
 * libraries are in this bundle; nothing is downloaded.
 */
@NullMarked
package io.lanpo.similarity.minilm;

import org.jspecify.annotations.NullMarked;
