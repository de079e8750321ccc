import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.chronicle.values.Values;
import net.openhft.compiler.CompilerUtils;

/**
 * A step of the build: compiles the class by which Chronicle Map reads the state of its files, and puts it beside the
 * classes of the bundle. Chronicle looks for this class before it starts the Java compiler to make it, which would
 * cost every process that opens a pool about a second. Argument: the folder for the class.
 */
public final class CompileAccessors {
  private static final String STATE = "net.openhft.chronicle.hash.VanillaGlobalMutableState";

  public static void main(String[] args) throws ClassNotFoundException, IOException {
    Path classes = Path.of(args[0]);
    // One from an earlier build would be taken as it is, even if Chronicle has changed since.
    Files.deleteIfExists(file(classes, STATE + "$$Native"));
    Class<?> state = Class.forName(STATE);
    Values.nativeClassFor(state);
    CompilerUtils.CACHED_COMPILER.updateFileManagerForClassLoader(
        state.getClassLoader(),
        manager -> manager.getAllBuffers().forEach((name, code) -> write(file(classes, name), code)));
  }

  private static Path file(Path classes, String name) {
    return classes.resolve(name.replace('.', '/') + ".class");
  }

  private static void write(Path file, byte[] code) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, code);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
