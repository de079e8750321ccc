package io.lanpo.libs.tensorboard;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The one event file of a folder. Whoever continues a curve opens a new file, which replaces the
 * older ones, and writes the steps again that are to stay: so no step is in the folder twice, a
 * record that was cut off by a kill is gone, and a TensorBoard that looks on meanwhile forgets what
 * it had read. Texts are carried over from the older files.
 */
public final class EventFile implements AutoCloseable {
  private static final String PREFIX = "events.out.tfevents.";

  private final OutputStream out;

  private EventFile(OutputStream out) {
    this.out = out;
  }

  /**
   * Begins a file and removes the folder's older ones.
   *
   * @param folder an existing folder
   * @param millis now, in milliseconds since 1970
   * @param last the last step whose texts are carried over
   * @throws IOException when it cannot be written
   */
  public static EventFile begin(Path folder, long millis, int last) throws IOException {
    List<Path> older;
    try (Stream<Path> files = Files.list(folder)) {
      older = files.filter(f -> f.getFileName().toString().startsWith(PREFIX)).sorted().toList();
    }
    // readers go through the files of a folder by name: the new one must come last
    long number = millis / 1000;
    for (Path file : older) {
      number = Math.max(number, number(file) + 1);
    }
    OutputStream stream =
        new BufferedOutputStream(
            Files.newOutputStream(
                folder.resolve("%s%010d.lanpo".formatted(PREFIX, number)),
                StandardOpenOption.CREATE_NEW));
    EventFile file = new EventFile(stream);
    try {
      file.write(EventMessages.version(millis / 1e3));
      file.write(EventMessages.start(millis / 1e3, 1));
      for (Path old : older) {
        for (byte[] text : EventRecords.texts(old, last)) {
          file.write(text);
        }
      }
      file.flush();
      for (Path old : older) {
        Files.delete(old);
      }
      return file;
    } catch (IOException e) {
      stream.close();
      throw e;
    }
  }

  /**
   * Writes a step down.
   *
   * @param time seconds since 1970
   * @param step its number
   * @param scalars value by tag; tags with a common part before {@code /} are shown together
   * @throws IOException when it cannot be written
   */
  public void add(double time, long step, Map<String, Double> scalars) throws IOException {
    write(EventMessages.scalars(time, step, scalars));
  }

  /**
   * Writes a text down.
   *
   * @param time seconds since 1970
   * @param step its step
   * @param tag texts of one tag are shown one below the other
   * @param markdown the text
   * @throws IOException when it cannot be written
   */
  public void addText(double time, long step, String tag, String markdown) throws IOException {
    write(EventMessages.text(time, step, tag, markdown));
  }

  /**
   * Makes the folder a trial of the HParams dashboard.
   *
   * @param time when it was begun, in seconds since 1970
   * @param values by name; numbers, {@code true} and {@code false} are shown as such
   * @throws IOException when it cannot be written
   */
  public void addHyperparameters(double time, Map<String, String> values) throws IOException {
    write(
        EventMessages.content(
            time,
            HParamsMessages.START_TAG,
            HParamsMessages.PLUGIN,
            HParamsMessages.start(time, values)));
  }

  /**
   * Says how the trial ended.
   *
   * @param time seconds since 1970
   * @throws IOException when it cannot be written
   */
  public void addEnd(double time, boolean success) throws IOException {
    write(
        EventMessages.content(
            time,
            HParamsMessages.END_TAG,
            HParamsMessages.PLUGIN,
            HParamsMessages.end(time, success)));
  }

  /**
   * Hands everything to the operating system.
   *
   * @throws IOException when it cannot be written
   */
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private void write(byte[] event) throws IOException {
    out.write(RecordFraming.framed(event));
  }

  private static long number(Path file) {
    String digits = file.getFileName().toString().substring(PREFIX.length()).split("\\.", 2)[0];
    return digits.matches("\\d{1,10}") ? Long.parseLong(digits) : 0;
  }
}
