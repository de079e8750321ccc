package io.lanpo.policy.djl.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Linux tells of the processor.
 *
 * @param name the model; empty where it does not tell
 * @param flags its instructions; empty where it does not tell
 */
public record Processor(String name, List<String> flags) {
  private static final Logger LOG = LoggerFactory.getLogger(Processor.class);
  private static final Path FILE = Path.of("/proc/cpuinfo");

  private static final String AMX = "amx_bf16";

  /** Instructions with which products in bf16 are faster than in f32, on x86 and on ARM. */
  private static final List<String> HALF = List.of("avx512_bf16", AMX, "bf16");

  /** The processor of this machine. */
  public static Processor here() {
    return of(FILE);
  }

  /**
   * Reads a file like {@code /proc/cpuinfo}.
   *
   * @param file need not exist
   */
  static Processor of(Path file) {
    List<String> lines = lines(file);
    return new Processor(value(lines, "model name"), flags(lines));
  }

  private static List<String> flags(List<String> lines) {
    String flags = value(lines, "flags") + value(lines, "Features");
    return flags.isEmpty() ? List.of() : List.of(flags.split("\\s+"));
  }

  private static String value(List<String> lines, String key) {
    return lines.stream()
        .map(line -> line.split(":", 2))
        .filter(parts -> parts.length == 2 && parts[0].strip().equals(key))
        .map(parts -> parts[1].strip())
        .findFirst()
        .orElse("");
  }

  private static List<String> lines(Path file) {
    if (!Files.isReadable(file)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      return lines.toList();
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("{} cannot be read", file, e);
      return List.of();
    }
  }

  /** Its instructions for products in bf16. */
  public List<String> halfInstructions() {
    return HALF.stream().filter(flags::contains).toList();
  }

  /** Whether it multiplies tiles in bf16. */
  public boolean hasAmx() {
    return flags.contains(AMX);
  }

  /** Whether it certainly has no such instructions; where that is not told it may have some. */
  public boolean lacksHalf() {
    return !flags.isEmpty() && halfInstructions().isEmpty();
  }

  /** What to tell someone who asks for bf16 all the same. */
  public Optional<String> halfWarning() {
    return lacksHalf()
        ? Optional.of("this processor has no instructions for bf16: f32 is faster here")
        : Optional.empty();
  }
}
