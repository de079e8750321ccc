/**
 * What a decoder is: its family and {@code config.json}, its shape, its adapters, and where every
 * weight and adapter factor stands in a flat buffer. Plain Java; nothing here loads the engine.
 */
@NullMarked
package io.lanpo.policy.djl.model;

import org.jspecify.annotations.NullMarked;
