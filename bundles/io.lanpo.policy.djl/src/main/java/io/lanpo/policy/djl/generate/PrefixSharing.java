package io.lanpo.policy.djl.generate;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.IValue;
import io.lanpo.policy.djl.network.Network;
import io.lanpo.policy.djl.network.ScriptCall;
import java.util.Arrays;

/**
 * Which sequences of a batch share which prompt of a {@link PromptKvCache}, or which common prefix
 * of their prompts where the cache holds those. All prompts are given as many slots as the one with
 * the most sequences needs, so that one product serves them all; an index leads from slots to
 * sequences, another one back.
 */
final class PrefixSharing implements AutoCloseable {
  private final Network network;
  private final int[] promptOf;
  private final int slots;
  private final NDManager manager;
  private final IValue pad;
  private final IValue unpad;

  private PrefixSharing(Network network, int[] promptOf, int slots, long[] pad, long[] unpad) {
    this.network = network;
    this.promptOf = promptOf;
    this.slots = slots;
    manager = network.step();
    this.pad = ScriptCall.value(manager.create(pad));
    this.unpad = ScriptCall.value(manager.create(unpad));
  }

  /** Every sequence has a prompt of its own, in their order. */
  static PrefixSharing none(Network network) {
    return new PrefixSharing(network, new int[0], 0, new long[1], new long[1]);
  }

  /**
   * @param promptOf the prompt of each sequence; all from 0 to the largest occur
   */
  static PrefixSharing of(Network network, int[] promptOf) {
    int prompts = Arrays.stream(promptOf).max().orElseThrow() + 1;
    int[] count = new int[prompts];
    long[] unpad = new long[promptOf.length];
    for (int sequence = 0; sequence < promptOf.length; sequence++) {
      unpad[sequence] = count[promptOf[sequence]]++;
    }
    int slots = Arrays.stream(count).max().orElseThrow();
    long[] pad = new long[prompts * slots];
    for (int sequence = 0; sequence < promptOf.length; sequence++) {
      unpad[sequence] += (long) promptOf[sequence] * slots;
      pad[(int) unpad[sequence]] = sequence;
    }
    return new PrefixSharing(network, promptOf, slots, pad, unpad);
  }

  /** The prompt of a sequence. */
  int promptOf(int sequence) {
    return slots == 0 ? sequence : promptOf[sequence];
  }

  /**
   * What is left when only some sequences stay.
   *
   * @param prefixes how the sequences that stay share prompts
   * @param prompts which prompts they still need, in order
   */
  record Kept(PrefixSharing prefixes, int[] prompts) {}

  /** Keeps some sequences. */
  Kept keep(int[] sequences) {
    if (slots == 0) {
      return new Kept(none(network), sequences);
    }
    int[] needed = Arrays.stream(sequences).map(s -> promptOf[s]).sorted().distinct().toArray();
    int[] renumbered =
        Arrays.stream(sequences).map(s -> Arrays.binarySearch(needed, promptOf[s])).toArray();
    return new Kept(of(network, renumbered), needed);
  }

  /** Slots of each prompt, {@code S} of the script: 0 when nothing is shared. */
  int slots() {
    return slots;
  }

  /** The sequence of each slot. */
  IValue pad() {
    return pad;
  }

  /** The slot of each sequence. */
  IValue unpad() {
    return unpad;
  }

  @Override
  public void close() {
    pad.close();
    unpad.close();
    manager.close();
  }
}
