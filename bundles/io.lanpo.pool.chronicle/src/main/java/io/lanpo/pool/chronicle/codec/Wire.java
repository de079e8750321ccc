package io.lanpo.pool.chronicle.codec;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.lanpo.api.task.Question;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** What the messages of the pool share. */
final class Wire {
  /** Writes the fields of a message. */
  interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private Wire() {}

  static byte[] message(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    CodedOutputStream out = CodedOutputStream.newInstance(bytes, 512);
    try {
      fields.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] question(Question question) {
    return message(
        out -> {
          out.writeString(1, question.id());
          out.writeString(2, question.text());
        });
  }

  static Question question(byte[] bytes) throws IOException {
    String id = "";
    String text = "";
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> id = in.readString();
        case 2 -> text = in.readString();
        default -> in.skipField(tag);
      }
    }
    return new Question(id, text);
  }

  /** The word that a number stands for. */
  static <T> T pick(List<T> words, int number) throws IOException {
    if (number < 0 || number >= words.size()) {
      throw new IOException("number " + number + " stands for none of " + words);
    }
    return words.get(number);
  }
}
