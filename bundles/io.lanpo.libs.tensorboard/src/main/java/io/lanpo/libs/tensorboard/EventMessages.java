package io.lanpo.libs.tensorboard;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * The few messages of {@code tensorboard/compat/proto/event.proto} and {@code summary.proto} that
 * scalars and texts need, written field by field: generated classes would bring every message of
 * TensorFlow.
 */
final class EventMessages {
  // message Event
  private static final int WALL_TIME = 1;
  static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  static final int SUMMARY = 5;
  private static final int SESSION_LOG = 7;
  // message SessionLog
  private static final int STATUS = 1;
  private static final int START = 1;
  // message Summary and Summary.Value
  static final int VALUE = 1;
  private static final int TAG = 1;
  private static final int SIMPLE_VALUE = 2;
  private static final int TENSOR = 8;
  static final int METADATA = 9;
  // message SummaryMetadata and SummaryMetadata.PluginData
  static final int PLUGIN_DATA = 1;
  private static final int DATA_CLASS = 4;
  private static final int DATA_CLASS_TENSOR = 2;
  static final int PLUGIN_NAME = 1;
  private static final int PLUGIN_CONTENT = 2;
  // message TensorProto
  private static final int TYPE = 1;
  private static final int SHAPE = 2;
  private static final int FLOAT_VAL = 5;
  private static final int STRING_VAL = 8;
  private static final int FLOAT = 1;
  private static final int STRING = 7;

  /** The plugin that shows texts. */
  static final String TEXT = "text";

  private EventMessages() {}

  /** Writes fields. */
  @FunctionalInterface
  interface Fields {
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

  /** A text of a step, as Markdown. */
  static byte[] text(double time, long step, String tag, String markdown) {
    byte[] tensor =
        message(
            out -> {
              out.writeEnum(TYPE, STRING);
              out.writeByteArray(SHAPE, new byte[0]);
              out.writeString(STRING_VAL, markdown);
            });
    return plugin(time, step, tag, TEXT, new byte[0], tensor);
  }

  /** Content for a plugin that has no value of its own. */
  static byte[] content(double time, String tag, String plugin, byte[] content) {
    byte[] none =
        message(
            out -> {
              out.writeEnum(TYPE, FLOAT);
              out.writeByteArray(SHAPE, new byte[0]);
              out.writeFloat(FLOAT_VAL, 0);
            });
    return plugin(time, 0, tag, plugin, content, none);
  }

  private static byte[] plugin(
      double time, long step, String tag, String plugin, byte[] content, byte[] tensor) {
    byte[] data =
        message(
            out -> {
              out.writeString(PLUGIN_NAME, plugin);
              out.writeByteArray(PLUGIN_CONTENT, content);
            });
    byte[] metadata =
        message(
            out -> {
              out.writeByteArray(PLUGIN_DATA, data);
              out.writeEnum(DATA_CLASS, DATA_CLASS_TENSOR);
            });
    byte[] value =
        message(
            out -> {
              out.writeString(TAG, tag);
              out.writeByteArray(TENSOR, tensor);
              out.writeByteArray(METADATA, metadata);
            });
    byte[] summary = message(out -> out.writeByteArray(VALUE, value));
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

  static byte[] message(Fields fields) {
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
