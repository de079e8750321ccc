package io.lanpo.verifier.composite;

/**
 * A text that can be looked at so many times and no more: what keeps a pattern that backtracks from
 * running for ever. Counting steps instead of time keeps the verdict the same on every machine.
 */
final class BoundedText implements CharSequence {
  private final CharSequence text;
  private final int[] left;

  /** The steps are used up. */
  static final class UsedUp extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsedUp() {
      super("too many steps", null, false, false);
    }
  }

  BoundedText(CharSequence text, int steps) {
    this(text, new int[] {steps});
  }

  private BoundedText(CharSequence text, int[] left) {
    this.text = text;
    this.left = left;
  }

  @Override
  public char charAt(int index) {
    if (--left[0] < 0) {
      throw new UsedUp();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return new BoundedText(text.subSequence(start, end), left);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
