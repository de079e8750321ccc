/**
 * A verifier for programs: the tests of the problem decide, in a sandbox.
 *
 * <p>{@link io.lanpo.verifier.code.ProgramExtractor} finds the program in a response, {@link
 * io.lanpo.verifier.code.CodeKey} reads the tests, {@link io.lanpo.verifier.code.Sandbox} runs a
 * command where it can reach nothing, {@link io.lanpo.verifier.code.SandboxProbe} makes sure of
 * that, {@link io.lanpo.verifier.code.Harness} runs program and tests apart from each other (the
 * half that is Python is {@code harness.py}), and {@link io.lanpo.verifier.code.CodeVerifier} is
 * the service.
 */
@NullMarked
package io.lanpo.verifier.code;

import org.jspecify.annotations.NullMarked;
