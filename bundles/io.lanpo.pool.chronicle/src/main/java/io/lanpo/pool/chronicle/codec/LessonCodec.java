package io.lanpo.pool.chronicle.codec;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.task.Question;
import java.io.IOException;
import java.util.List;

/**
 * Lessons in protobuf wire format, by the rules of {@link ExperienceCodec}.
 *
 * <pre>{@code
 * message StoredLesson {
 *   string id = 1;
 *   int32 kind = 2;       // 0 principle, 1 pitfall
 *   string text = 3;
 *   Question source = 4;
 *   string run = 5;
 *   int32 step = 6;
 * }
 * }</pre>
 */
public final class LessonCodec {
  private static final List<Lesson.Kind> KINDS =
      List.of(Lesson.Kind.PRINCIPLE, Lesson.Kind.PITFALL);

  private LessonCodec() {}

  public static byte[] encode(StoredLesson stored) {
    Lesson lesson = stored.lesson();
    return Wire.message(
        out -> {
          out.writeString(1, lesson.id());
          out.writeInt32(2, KINDS.indexOf(lesson.kind()));
          out.writeString(3, lesson.text());
          out.writeByteArray(4, Wire.question(lesson.source()));
          out.writeString(5, stored.run());
          out.writeInt32(6, stored.step());
        });
  }

  /**
   * @throws IOException when the bytes are no lesson
   */
  public static StoredLesson decode(byte[] bytes) throws IOException {
    String id = "";
    Lesson.Kind kind = Lesson.Kind.PRINCIPLE;
    String text = "";
    Question source = new Question("", "");
    String run = "";
    int step = 0;
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> id = in.readString();
        case 2 -> kind = Wire.pick(KINDS, in.readInt32());
        case 3 -> text = in.readString();
        case 4 -> source = Wire.question(in.readByteArray());
        case 5 -> run = in.readString();
        case 6 -> step = in.readInt32();
        default -> in.skipField(tag);
      }
    }
    return new StoredLesson(new Lesson(id, kind, text, source), run, step);
  }
}
