package io.lanpo.libs.gguf;

import java.util.Arrays;
import java.util.Optional;

/**
 * How a tensor is stored. Quantised types keep a block of numbers together: small whole numbers,
 * and scales for them.
 */
public enum TensorType {
  F32(0, 1, 4, Plain::f32),
  F16(1, 1, 2, Plain::f16),
  Q4_0(2, 32, 18, SmallBlocks::q40),
  Q4_1(3, 32, 20, SmallBlocks::q41),
  Q5_0(6, 32, 22, SmallBlocks::q50),
  Q5_1(7, 32, 24, SmallBlocks::q51),
  Q8_0(8, 32, 34, SmallBlocks::q80),
  Q2_K(10, 256, 84, SuperBlocks::q2),
  Q3_K(11, 256, 110, SuperBlocks::q3),
  Q4_K(12, 256, 144, SuperBlocks::q4),
  Q5_K(13, 256, 176, SuperBlocks::q5),
  Q6_K(14, 256, 210, SuperBlocks::q6),
  IQ4_NL(20, 32, 18, TableBlocks::iq4nl),
  IQ4_XS(23, 256, 136, TableBlocks::iq4xs),
  BF16(30, 1, 2, Plain::bf16);

  private final int code;
  private final int block;
  private final int bytes;
  private final Decoder decoder;

  TensorType(int code, int block, int bytes, Decoder decoder) {
    this.code = code;
    this.block = block;
    this.bytes = bytes;
    this.decoder = decoder;
  }

  /** Turns a block into numbers. */
  @FunctionalInterface
  interface Decoder {
    /**
     * Decodes a block.
     *
     * @param from the block's first byte
     * @param to where its first number goes
     */
    void decode(byte[] bytes, int from, float[] numbers, int to);
  }

  /** The type of a code; empty for one that is not read. */
  static Optional<TensorType> of(long code) {
    return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
  }

  /** What a code that is not read stands for, for messages. */
  static String name(long code) {
    return switch ((int) Math.min(code, Integer.MAX_VALUE)) {
      case 9 -> "Q8_1";
      case 15 -> "Q8_K";
      case 16 -> "IQ2_XXS";
      case 17 -> "IQ2_XS";
      case 18 -> "IQ3_XXS";
      case 19 -> "IQ1_S";
      case 21 -> "IQ3_S";
      case 22 -> "IQ2_S";
      case 24 -> "I8";
      case 25 -> "I16";
      case 26 -> "I32";
      case 27 -> "I64";
      case 28 -> "F64";
      case 29 -> "IQ1_M";
      case 34 -> "TQ1_0";
      case 35 -> "TQ2_0";
      case 39 -> "MXFP4";
      default -> "number " + code;
    };
  }

  /** Numbers that are stored together. */
  public int block() {
    return block;
  }

  /** Bytes of a block. */
  public int bytes() {
    return bytes;
  }

  /** Bits of a number, scales included. */
  public double bits() {
    return 8.0 * bytes / block;
  }

  void decode(byte[] from, float[] numbers) {
    for (int i = 0; i < numbers.length / block; i++) {
      decoder.decode(from, i * bytes, numbers, i * block);
    }
  }
}
