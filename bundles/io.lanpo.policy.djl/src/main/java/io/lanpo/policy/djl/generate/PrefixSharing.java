package io.lanpo.policy.djl.generate;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.IValue;
import io.lanpo.policy.djl.network.Network;
import io.lanpo.policy.djl.network.ScriptCall;
import java.util.Arrays;

/**
 * Which rows share which prompt of a {@link PromptKvCache}. Every prompt is given as many places as
 * the one with the most rows has, so that all of them are multiplied in one go; an index leads from
 * the places to rows, another one back.
 */
final class PrefixSharing implements AutoCloseable {
  private final Network network;
  private final int[] promptOf;
  private final int places;
  private final NDManager manager;
  private final IValue pad;
  private final IValue unpad;

  private PrefixSharing(Network network, int[] promptOf, int places, long[] pad, long[] unpad) {
    this.network = network;
    this.promptOf = promptOf;
    this.places = places;
    manager = network.step();
    this.pad = ScriptCall.value(manager.create(pad));
    this.unpad = ScriptCall.value(manager.create(unpad));
  }

  /** Every row has a prompt of its own, in the order of the rows. */
  static PrefixSharing none(Network network) {
    return new PrefixSharing(network, new int[0], 0, new long[1], new long[1]);
  }

  /**
   * @param promptOf the prompt of each row; all from 0 to the largest occur
   */
  static PrefixSharing of(Network network, int[] promptOf) {
    int prompts = Arrays.stream(promptOf).max().orElseThrow() + 1;
    int[] count = new int[prompts];
    long[] unpad = new long[promptOf.length];
    for (int row = 0; row < promptOf.length; row++) {
      unpad[row] = count[promptOf[row]]++;
    }
    int places = Arrays.stream(count).max().orElseThrow();
    long[] pad = new long[prompts * places];
    for (int row = 0; row < promptOf.length; row++) {
      unpad[row] += (long) promptOf[row] * places;
      pad[(int) unpad[row]] = row;
    }
    return new PrefixSharing(network, promptOf, places, pad, unpad);
  }

  /** The prompt of a row. */
  int promptOf(int row) {
    return places == 0 ? row : promptOf[row];
  }

  /**
   * What is left when only some rows stay.
   *
   * @param sharing the sharing of the rows that stay
   * @param prompts which prompts they still need, in order
   */
  record Kept(PrefixSharing sharing, int[] prompts) {}

  /** Leaves some rows. */
  Kept keep(int[] rows) {
    if (places == 0) {
      return new Kept(none(network), rows);
    }
    int[] needed = Arrays.stream(rows).map(r -> promptOf[r]).sorted().distinct().toArray();
    int[] renumbered =
        Arrays.stream(rows).map(r -> Arrays.binarySearch(needed, promptOf[r])).toArray();
    return new Kept(of(network, renumbered), needed);
  }

  /** Adds the two indices and the number of places, 0 when nothing is shared. */
  void addTo(ScriptCall call) {
    call.share(pad).share(unpad).add(places);
  }

  @Override
  public void close() {
    pad.close();
    unpad.close();
    manager.close();
  }
}
