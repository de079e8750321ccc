/**
 * Puts the products together when the project is built: reads {@code features/*.feature.json},
 * compares them with what Maven resolved for {@code runtime/pom.xml}, and copies every bundle to
 * the folder of its start level. Not part of what runs.
 */
@NullMarked
package io.lanpo.runtime.assembly;

import org.jspecify.annotations.NullMarked;
