package io.lanpo.policy.djl.network;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs TorchScript source into the archive that {@code torch.jit.load} reads: a zip with one top
 * folder that holds a version, two pickles and the source. The module has no weights of its own;
 * they are passed to every call.
 */
final class TorchScriptArchive {
  private static final String TOP = "m/";

  /** {@code ()} in pickle protocol 2: no constants. */
  private static final byte[] NO_CONSTANTS = {(byte) 0x80, 2, ')', '.'};

  private static final String HEADER =
      """
      class M(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
      """;

  private TorchScriptArchive() {}

  /**
   * @param methods the methods of the module, indented by two spaces
   */
  static byte[] of(String methods) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      entry(zip, "data.pkl", instance());
      entry(zip, "code/__torch__.py", (HEADER + methods).getBytes(StandardCharsets.UTF_8));
      entry(zip, "constants.pkl", NO_CONSTANTS);
      entry(zip, "version", "3\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(TOP + name);
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  /** An instance of {@code __torch__.M} with {@code training = False}, in pickle protocol 2. */
  private static byte[] instance() {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.writeBytes(new byte[] {(byte) 0x80, 2}); // PROTO 2
    pickle.writeBytes("c__torch__\nM\n".getBytes(StandardCharsets.US_ASCII)); // GLOBAL
    pickle.writeBytes(
        new byte[] {')', (byte) 0x81, '}', '('}); // EMPTY_TUPLE NEWOBJ EMPTY_DICT MARK
    pickle.writeBytes(new byte[] {'X', 8, 0, 0, 0}); // BINUNICODE, length 8
    pickle.writeBytes("training".getBytes(StandardCharsets.US_ASCII));
    pickle.writeBytes(new byte[] {(byte) 0x89, 'u', 'b', '.'}); // NEWFALSE SETITEMS BUILD STOP
    return pickle.toByteArray();
  }
}
