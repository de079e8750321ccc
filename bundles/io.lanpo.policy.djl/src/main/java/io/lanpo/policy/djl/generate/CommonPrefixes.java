package io.lanpo.policy.djl.generate;

import io.lanpo.policy.djl.batch.CommonPrefix;
import java.util.Arrays;
import java.util.List;

/**
 * The common prefixes of the prompts of some sequences: an entry of a {@link PromptKvCache} for
 * each of them, and one without tokens for sequences whose prompts have none in common with others.
 */
final class CommonPrefixes {
  private final int[] families;
  private final int[] lengths;
  private final int[] entryOf;

  CommonPrefixes(List<DecodingSequence> sequences) {
    families = sequences.stream().mapToInt(s -> s.prefix().family()).sorted().distinct().toArray();
    lengths = new int[families.length];
    entryOf = new int[sequences.size()];
    for (int i = 0; i < entryOf.length; i++) {
      CommonPrefix prefix = sequences.get(i).prefix();
      entryOf[i] = entry(prefix);
      lengths[entryOf[i]] = prefix.length();
    }
  }

  /** Tokens of each. */
  int[] lengths() {
    return lengths;
  }

  /** The entry of each sequence. */
  int[] entryOf() {
    return entryOf;
  }

  /** The entry of a prefix. */
  int entry(CommonPrefix prefix) {
    return Arrays.binarySearch(families, prefix.family());
  }
}
