package io.lanpo.pool.chronicle.codec;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.Experience.Outcome;
import io.lanpo.api.task.Question;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Experiences in protobuf wire format. A reader skips tags that it does not know and takes the
 * protobuf default for those that are absent, so fields can be added without a new format version;
 * a number is never given a new meaning.
 *
 * <pre>{@code
 * message Experience {
 *   string id = 1;
 *   string run = 2;
 *   int32 step = 3;
 *   int64 policy_version = 4;
 *   Question question = 5;
 *   int32 mode = 6;              // 0 scratch, 1 reflect, 2 abstract
 *   repeated string lessons = 7;
 *   string attempt = 8;
 *   bool finished = 9;
 *   Outcome outcome = 10;
 * }
 * message Question { string id = 1; string text = 2; }
 * message Outcome {
 *   int32 kind = 1;              // 0 scored, 1 abstained, 2 failed
 *   double reward = 2;
 *   double baseline = 3;
 *   string explanation = 4;
 *   bool accepted = 5;
 * }
 * }</pre>
 */
public final class ExperienceCodec {
  private static final List<FeedbackMode> MODES =
      List.of(FeedbackMode.SCRATCH, FeedbackMode.REFLECT, FeedbackMode.ABSTRACT);
  private static final List<Outcome.Kind> KINDS =
      List.of(Outcome.Kind.SCORED, Outcome.Kind.ABSTAINED, Outcome.Kind.FAILED);

  private ExperienceCodec() {}

  public static byte[] encode(Experience e) {
    return Wire.message(
        out -> {
          out.writeString(1, e.id());
          out.writeString(2, e.run());
          out.writeInt32(3, e.step());
          out.writeInt64(4, e.policyVersion());
          out.writeByteArray(5, Wire.question(e.question()));
          out.writeInt32(6, MODES.indexOf(e.mode()));
          for (String lesson : e.lessons()) {
            out.writeString(7, lesson);
          }
          out.writeString(8, e.attempt());
          out.writeBool(9, e.finished());
          out.writeByteArray(10, Wire.message(o -> write(e.outcome(), o)));
        });
  }

  private static void write(Outcome outcome, CodedOutputStream out) throws IOException {
    out.writeInt32(1, KINDS.indexOf(outcome.kind()));
    out.writeDouble(2, outcome.reward());
    out.writeDouble(3, outcome.baseline());
    out.writeString(4, outcome.explanation());
    out.writeBool(5, outcome.accepted());
  }

  /**
   * @throws IOException when the bytes are no experience
   */
  public static Experience decode(byte[] bytes) throws IOException {
    try {
      return read(bytes);
    } catch (IllegalArgumentException e) {
      throw new IOException("the values are those of no experience: " + e.getMessage(), e);
    }
  }

  private static Experience read(byte[] bytes) throws IOException {
    String id = "";
    String run = "";
    int step = 0;
    long policyVersion = 0;
    Question question = new Question("", "");
    FeedbackMode mode = FeedbackMode.SCRATCH;
    List<String> lessons = new ArrayList<>();
    String attempt = "";
    boolean finished = false;
    Outcome outcome = new Outcome(Outcome.Kind.SCORED, 0, false, 0, "");
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> id = in.readString();
        case 2 -> run = in.readString();
        case 3 -> step = in.readInt32();
        case 4 -> policyVersion = in.readInt64();
        case 5 -> question = Wire.question(in.readByteArray());
        case 6 -> mode = Wire.pick(MODES, in.readInt32());
        case 7 -> lessons.add(in.readString());
        case 8 -> attempt = in.readString();
        case 9 -> finished = in.readBool();
        case 10 -> outcome = outcome(in.readByteArray());
        default -> in.skipField(tag);
      }
    }
    return new Experience(
        id, run, step, policyVersion, question, mode, lessons, attempt, finished, outcome);
  }

  private static Outcome outcome(byte[] bytes) throws IOException {
    Outcome.Kind kind = Outcome.Kind.SCORED;
    double reward = 0;
    double baseline = 0;
    String explanation = "";
    boolean accepted = false;
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> kind = Wire.pick(KINDS, in.readInt32());
        case 2 -> reward = in.readDouble();
        case 3 -> baseline = in.readDouble();
        case 4 -> explanation = in.readString();
        case 5 -> accepted = in.readBool();
        default -> in.skipField(tag);
      }
    }
    return new Outcome(kind, reward, accepted, baseline, explanation);
  }
}
