package io.lanpo.pool.chronicle.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.CodedOutputStream;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.Experience.Outcome;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.task.Question;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The format on disk. */
class WireTest {
  private static final Experience EXPERIENCE =
      new Experience(
          "e",
          "r",
          1,
          2,
          new Question("q", "t"),
          FeedbackMode.ABSTRACT,
          List.of("l"),
          "a",
          true,
          new Outcome(Outcome.Kind.FAILED, 1, false, 0.5, "x"));

  /**
   * Written out by hand from the message definition, so that files of today can be read for ever.
   */
  @Test
  void theBytesStayAsTheyAre() throws IOException {
    String hex =
        "0a0165" // 1: "e"
            + "120172" // 2: "r"
            + "1801" // 3: 1
            + "2002" // 4: 2
            + "2a060a0171120174" // 5: {1: "q", 2: "t"}
            + "3002" // 6: abstract
            + "3a016c" // 7: "l"
            + "420161" // 8: "a"
            + "4801" // 9: true
            + "52190802" // 10: {1: failed
            + "11000000000000f03f" // 2: 1.0
            + "19000000000000e03f" // 3: 0.5
            + "220178" // 4: "x"
            + "2800"; // 5: false}
    assertArrayEquals(HexFormat.of().parseHex(hex), ExperienceCodec.encode(EXPERIENCE));
    assertEquals(EXPERIENCE, ExperienceCodec.decode(HexFormat.of().parseHex(hex)));
  }

  @Test
  void unknownTagsAreSkipped() throws IOException {
    assertEquals(EXPERIENCE, ExperienceCodec.decode(withMore(ExperienceCodec.encode(EXPERIENCE))));
    StoredLesson lesson =
        new StoredLesson(new Lesson("l", Lesson.Kind.PITFALL, "t", new Question("q", "s")), "r", 4);
    assertEquals(lesson, LessonCodec.decode(withMore(LessonCodec.encode(lesson))));
    assertEquals(
        new Question("q", "t"), Wire.question(withMore(Wire.question(new Question("q", "t")))));
  }

  /** Fields of every wire type that no reader of today knows. */
  private static byte[] withMore(byte[] message) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeString(90, "new");
    out.writeRawBytes(message);
    out.writeInt64(91, -1);
    out.writeDouble(92, 1.5);
    out.writeFixed32(93, 7);
    out.flush();
    return bytes.toByteArray();
  }

  @Test
  void absentTagsTakeTheirDefaults() throws IOException {
    assertEquals(
        new Experience(
            "",
            "",
            0,
            0,
            new Question("", ""),
            FeedbackMode.SCRATCH,
            List.of(),
            "",
            false,
            new Outcome(Outcome.Kind.SCORED, 0, false, 0, "")),
        ExperienceCodec.decode(new byte[0]));
  }

  @ParameterizedTest
  @EnumSource
  void everyModeHasANumber(FeedbackMode mode) throws IOException {
    Experience e =
        new Experience(
            "e",
            "r",
            1,
            2,
            new Question("q", "t"),
            mode,
            List.of(),
            "",
            false,
            EXPERIENCE.outcome());
    assertEquals(e, ExperienceCodec.decode(ExperienceCodec.encode(e)));
  }

  @ParameterizedTest
  @EnumSource
  void everyOutcomeHasANumber(Outcome.Kind kind) throws IOException {
    Experience e =
        new Experience(
            "e",
            "r",
            1,
            2,
            new Question("q", "t"),
            FeedbackMode.REFLECT,
            List.of(),
            "",
            false,
            new Outcome(kind, -1, false, 2, ""));
    assertEquals(e, ExperienceCodec.decode(ExperienceCodec.encode(e)));
  }

  @Test
  void aNumberThatStandsForNothingIsRefused() {
    byte[] message = Wire.message(out -> out.writeInt32(6, 9));
    assertThrows(IOException.class, () -> ExperienceCodec.decode(message));
  }

  @Test
  void valuesThatNoExperienceHasAreRefused() {
    byte[] message = Wire.message(out -> out.writeInt32(3, -1));
    assertThrows(IOException.class, () -> ExperienceCodec.decode(message));
  }
}
