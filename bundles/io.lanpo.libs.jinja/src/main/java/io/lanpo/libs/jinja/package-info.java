/**
 * Chat templates of Hugging Face checkpoints.
 *
 * <p>{@link io.lanpo.libs.jinja.ChatTemplate} is all that other bundles see; no class is loaded
 * before one of them renders a chat.
 *
 * <p>Below it is Jinjava 2.8.4 of HubSpot (Apache-2.0, July 2026, kept since 2014). It is the only
 * Jinja for Java that is kept, released and runs on Java 17: jinja4j (alpha) wants 25, hfjinja 21,
 * both are months old; Pebble and the like have another language. It has 17 libraries behind it;
 * ten jars of 7.1 MB are inside this bundle, and what serves filters that no template can name here
 * (networks, YAML, big numbers, byte code) is left out, which the tests would notice.
 *
 * <p>Jinjava renders web pages of HubSpot and is not Jinja to the character. What differs is put
 * right here, each in a class that says how:
 *
 * <ul>
 *   <li>{@link io.lanpo.libs.jinja.Layout}: white space, comments, raw text, the tags that exist;
 *   <li>{@link io.lanpo.libs.jinja.PythonParser}: the grammar of expressions; {@link
 *       io.lanpo.libs.jinja.Values}, {@link io.lanpo.libs.jinja.Arithmetic}, {@link
 *       io.lanpo.libs.jinja.Slices}, {@link io.lanpo.libs.jinja.Texts}: what they compute;
 *   <li>{@link io.lanpo.libs.jinja.Methods}, {@link io.lanpo.libs.jinja.Filters}, {@link
 *       io.lanpo.libs.jinja.Tests}, {@link io.lanpo.libs.jinja.Functions}: what a template can
 *       call. A new one is one line in the table of its class, and one in the test's;
 *   <li>{@link io.lanpo.libs.jinja.LoopTag}, {@link io.lanpo.libs.jinja.ConditionTag}, {@link
 *       io.lanpo.libs.jinja.AssignmentTag}, {@link io.lanpo.libs.jinja.GenerationTag}: tags.
 * </ul>
 *
 * <p>Known to differ still: tuples print as lists; {@code text * number} is not supported; a macro
 * sees the loop variables of its caller. What is not supported is refused by name, never skipped.
 */
@NullMarked
@Export
@Version("1.0.0")
package io.lanpo.libs.jinja;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
