/**
 * A verifier for programs: the tests of the problem decide, in a sandbox.
 *
 * <p>{@link io.lanpo.verifier.code.ProgramExtractor} finds the program among the {@link
 * io.lanpo.verifier.code.CodeBlock}s of a response, {@link io.lanpo.verifier.code.CodeKey} reads
 * the tests, {@link io.lanpo.verifier.code.Sandbox} runs a command where it can reach nothing,
 * {@link io.lanpo.verifier.code.SandboxProbe} makes sure of that, {@link
 * io.lanpo.verifier.code.Harness} runs program and tests apart from each other, {@link
 * io.lanpo.verifier.code.HarnessOutput} reads what came of it, and {@link
 * io.lanpo.verifier.code.CodeVerifier} is the service.
 *
 * <p>The half that is Python: {@code harness.py} begins; {@code wire.py} is the conversation,
 * {@code program.py} the program's end of it and {@code judge.py} the judge's, who sees objects of
 * the program as {@code remote.py} shows them; {@code tests.py} makes tests test and runs them,
 * with {@code pytests.py} for those that want pytest; {@code exchanges.py} compares output, of
 * programs that {@code launch.py} starts; {@code processes.py} is about time and ends.
 */
@NullMarked
package io.lanpo.verifier.code;

import org.jspecify.annotations.NullMarked;
