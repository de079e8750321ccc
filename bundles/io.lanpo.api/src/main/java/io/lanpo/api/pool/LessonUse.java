package io.lanpo.api.pool;

/**
 * How a lesson has served, counted from the experiences that were shown it.
 *
 * @param shown completions that saw a lesson of this wording
 * @param accepted how many of them the verifier accepted
 * @param better how many of them were rewarded above their group's mean
 * @param gain by how much they were rewarded above their group's mean, in all: the sum over those
 *     that were scored of reward − mean, each cut to −1 to 1, in millionths, for whole numbers have
 *     one sum in any order. Where the lesson changes nothing it is 0 on average, however hard the
 *     problems are
 */
public record LessonUse(long shown, long accepted, long better, long gain) {
  /** One reward. */
  private static final double UNIT = 1e6;

  /** Of a lesson that nobody has seen. */
  public static final LessonUse NONE = new LessonUse(0, 0, 0, 0);

  /** Where rewards are not known: as if each were one above the mean, or one below. */
  public LessonUse(long shown, long accepted, long better) {
    this(shown, accepted, better, (2 * better - shown) * (long) UNIT);
  }

  /** What one experience counts. */
  public static LessonUse of(Experience.Outcome outcome) {
    boolean scored = outcome.kind() == Experience.Outcome.Kind.SCORED;
    double above = scored ? outcome.reward() - outcome.baseline() : 0;
    return new LessonUse(
        1,
        outcome.accepted() ? 1 : 0,
        above > 0 ? 1 : 0,
        Math.round(Math.max(-1, Math.min(1, above)) * UNIT));
  }

  /** Both. */
  public LessonUse plus(LessonUse more) {
    return new LessonUse(
        shown + more.shown, accepted + more.accepted, better + more.better, gain + more.gain);
  }

  /** This one without another that it has counted. */
  public LessonUse minus(LessonUse less) {
    return new LessonUse(
        shown - less.shown, accepted - less.accepted, better - less.better, gain - less.gain);
  }

  /** {@link #gain()} in rewards. */
  public double totalGain() {
    return gain / UNIT;
  }
}
