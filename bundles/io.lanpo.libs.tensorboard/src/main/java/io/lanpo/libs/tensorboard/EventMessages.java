package io.lanpo.libs.tensorboard;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * The few messages of {@code tensorboard/compat/proto/event.proto} and {@code summary.proto} that
 * scalars need, written field by field: generated classes would bring every message of TensorFlow.
 */
final class EventMessages {
  // message Event
  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int SESSION_LOG = 7;
  // message SessionLog
  private static final int STATUS = 1;
  private static final int START = 1;
  // message Summary and Summary.Value
  private static final int VALUE = 1;
  private static final int TAG = 1;
  private static final int SIMPLE_VALUE = 2;

  private EventMessages() {}

  /** Writes fields. */
  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  /** The first record of a file. */
  static byte[] version(double time) {
    return event(time, 0, out -> out.writeString(FILE_VERSION, "brain.Event:2"));
  }

  /** Marks that steps are written again from one on: a reader drops what it has of them. */
  static byte[] start(double time, long step) {
    byte[] session = message(out -> out.writeEnum(STATUS, START));
    return event(time, step, out -> out.writeByteArray(SESSION_LOG, session));
  }

  /** Scalars of a step by tag. */
  static byte[] scalars(double time, long step, Map<String, Double> scalars) {
    byte[] summary =
        message(
            out -> {
              for (Map.Entry<String, Double> scalar : scalars.entrySet()) {
                byte[] value =
                    message(
                        of -> {
                          of.writeString(TAG, scalar.getKey());
                          of.writeFloat(SIMPLE_VALUE, scalar.getValue().floatValue());
                        });
                out.writeByteArray(VALUE, value);
              }
            });
    return event(time, step, out -> out.writeByteArray(SUMMARY, summary));
  }

  private static byte[] event(double time, long step, Fields what) {
    return message(
        out -> {
          out.writeDouble(WALL_TIME, time);
          out.writeInt64(STEP, step);
          what.write(out);
        });
  }

  private static byte[] message(Fields fields) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      fields.write(out);
      out.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
