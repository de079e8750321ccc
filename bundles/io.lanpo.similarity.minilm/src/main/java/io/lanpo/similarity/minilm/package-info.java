/**
 * The similarity filter {@code minilm}: cosine of sentence embeddings (all-MiniLM-L6-v2, quantised,
 * 384 numbers a text), calculated on the processor by ONNX Runtime. Model, vocabulary and native
 * libraries are in this bundle; nothing is downloaded.
 *
 * <p>Of others in this bundle: the model and its vocabulary (Apache-2.0; sentence-transformers'
 * all-MiniLM-L6-v2, quantised by Xenova, packed by langchain4j), ONNX Runtime (MIT; its notices are
 * in the bundle) and Lucene's core (Apache-2.0), of which only the graph is used.
 */
@NullMarked
package io.lanpo.similarity.minilm;

import org.jspecify.annotations.NullMarked;
