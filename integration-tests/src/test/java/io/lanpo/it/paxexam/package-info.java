/**
 * Pax Exam with JUnit Jupiter: the test methods of a class run inside a framework that consists of
 * the bundles of the built product.
 *
 * <p>{@link io.lanpo.it.paxexam.PaxExamExtension} starts the framework and says how a test class
 * looks; {@link io.lanpo.it.paxexam.ProductOptions} is what is installed in it; fields annotated
 * with {@link io.lanpo.it.paxexam.OsgiService} get services.
 */
@NullMarked
package io.lanpo.it.paxexam;

import org.jspecify.annotations.NullMarked;
