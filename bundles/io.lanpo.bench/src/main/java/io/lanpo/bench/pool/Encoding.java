package io.lanpo.bench.pool;

import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.task.Question;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Experiences as bytes for stores that know no experiences: fields one after the other, texts in
 * UTF-8 behind their length. As plain and fast as can be, so that peers do not lose by it.
 */
final class Encoding {
  private static final FeedbackMode[] MODES = FeedbackMode.values();
  private static final Experience.Outcome.Kind[] KINDS = Experience.Outcome.Kind.values();

  /** Numbers of an experience: two of four bytes, three of eight, three of one. */
  private static final int FIXED = 2 * Integer.BYTES + 3 * Long.BYTES + 4;

  private Encoding() {}

  static byte[] encode(Experience e) {
    List<byte[]> texts = new ArrayList<>();
    for (String text :
        List.of(
            e.id(),
            e.run(),
            e.question().id(),
            e.question().text(),
            e.attempt(),
            e.outcome().explanation())) {
      texts.add(text.getBytes(StandardCharsets.UTF_8));
    }
    e.lessons().forEach(lesson -> texts.add(lesson.getBytes(StandardCharsets.UTF_8)));
    int size = FIXED + texts.stream().mapToInt(text -> Integer.BYTES + text.length).sum();
    ByteBuffer out = ByteBuffer.allocate(size);
    out.putInt(e.step()).putLong(e.policyVersion());
    out.put((byte) e.mode().ordinal()).put((byte) (e.finished() ? 1 : 0));
    out.put((byte) e.outcome().kind().ordinal());
    out.put((byte) (e.outcome().accepted() ? 1 : 0));
    out.putDouble(e.outcome().reward()).putDouble(e.outcome().baseline());
    out.putInt(e.lessons().size());
    texts.forEach(text -> out.putInt(text.length).put(text));
    return out.array();
  }

  static Experience decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int step = in.getInt();
    long policyVersion = in.getLong();
    FeedbackMode mode = MODES[in.get()];
    boolean finished = in.get() == 1;
    Experience.Outcome.Kind kind = KINDS[in.get()];
    boolean accepted = in.get() == 1;
    double reward = in.getDouble();
    double baseline = in.getDouble();
    int lessonCount = in.getInt();
    String id = text(in);
    String run = text(in);
    Question question = new Question(text(in), text(in));
    String attempt = text(in);
    String explanation = text(in);
    List<String> lessons = new ArrayList<>(lessonCount);
    for (int i = 0; i < lessonCount; i++) {
      lessons.add(text(in));
    }
    return new Experience(
        id,
        run,
        step,
        policyVersion,
        question,
        mode,
        lessons,
        attempt,
        finished,
        new Experience.Outcome(kind, reward, accepted, baseline, explanation));
  }

  private static String text(ByteBuffer in) {
    int length = in.getInt();
    String text = new String(in.array(), in.position(), length, StandardCharsets.UTF_8);
    in.position(in.position() + length);
    return text;
  }
}
