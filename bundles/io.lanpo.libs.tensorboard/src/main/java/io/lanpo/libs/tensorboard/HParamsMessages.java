package io.lanpo.libs.tensorboard;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.util.Map;

/**
 * The messages of {@code tensorboard/plugins/hparams/plugin_data.proto} by which the HParams
 * dashboard knows a folder as one trial: what it was begun with, and how it ended. Which
 * hyperparameters and metrics there are the dashboard finds by itself.
 */
final class HParamsMessages {
  static final String PLUGIN = "hparams";
  static final String START_TAG = "_hparams_/session_start_info";
  static final String END_TAG = "_hparams_/session_end_info";

  // message HParamsPluginData
  private static final int SESSION_START = 3;
  private static final int SESSION_END = 4;
  // message SessionStartInfo
  private static final int HPARAMS = 1;
  private static final int START_TIME = 5;
  // a field of a map
  private static final int KEY = 1;
  private static final int VALUE = 2;
  // message google.protobuf.Value
  private static final int NUMBER = 2;
  private static final int TEXT = 3;
  private static final int TRUTH = 4;
  // message SessionEndInfo
  private static final int STATUS = 1;
  private static final int END_TIME = 2;
  private static final int SUCCESS = 1;
  private static final int FAILURE = 2;

  private HParamsMessages() {}

  static byte[] start(double time, Map<String, String> values) {
    byte[] start =
        EventMessages.message(
            out -> {
              for (Map.Entry<String, String> entry : values.entrySet()) {
                byte[] value = EventMessages.message(of -> value(of, entry.getValue()));
                byte[] pair =
                    EventMessages.message(
                        of -> {
                          of.writeString(KEY, entry.getKey());
                          of.writeByteArray(VALUE, value);
                        });
                out.writeByteArray(HPARAMS, pair);
              }
              out.writeDouble(START_TIME, time);
            });
    return EventMessages.message(out -> out.writeByteArray(SESSION_START, start));
  }

  static byte[] end(double time, boolean success) {
    byte[] end =
        EventMessages.message(
            out -> {
              out.writeEnum(STATUS, success ? SUCCESS : FAILURE);
              out.writeDouble(END_TIME, time);
            });
    return EventMessages.message(out -> out.writeByteArray(SESSION_END, end));
  }

  /** Numbers and truths are told as such, so that they are sorted and filtered by size. */
  private static void value(CodedOutputStream out, String value) throws IOException {
    if (value.equals("true") || value.equals("false")) {
      out.writeBool(TRUTH, value.equals("true"));
    } else if (value.matches("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?")) {
      out.writeDouble(NUMBER, Double.parseDouble(value));
    } else {
      out.writeString(TEXT, value);
    }
  }
}
