package io.lanpo.libs.djl;

import ai.djl.engine.Engine;
import ai.djl.huggingface.tokenizers.jni.LibUtils;
import ai.djl.util.Platform;
import ai.djl.util.Utils;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * The first touch of DJL's engine and tokenizers, with the context class loader they look their
 * parts up with.
 */
public final class Djl {
  /**
   * The jar of native libraries inside this bundle; kept off the class path, so the framework never
   * copies it.
   */
  private static final String NATIVE_JAR = "/native/pytorch-native.jar";

  private Djl() {}

  /**
   * The PyTorch engine, its native libraries unpacked and loaded. The first call takes a second,
   * and some seconds more on a machine whose cache does not hold the libraries yet; later calls are
   * cheap.
   *
   * @throws DjlUnavailableException when the native libraries cannot be unpacked or loaded
   */
  public static synchronized Engine engine() {
    return withOwnLoader(
        "the PyTorch engine",
        () -> {
          unpackPyTorch();
          Engine engine = Engine.getInstance();
          LibUtils.checkStatus();
          return engine;
        });
  }

  /**
   * Loads the native library of the Hugging Face tokenizers, without the engine. Call it before the
   * first use of {@code HuggingFaceTokenizer}; later calls are cheap.
   *
   * @throws DjlUnavailableException when the library cannot be unpacked or loaded
   */
  public static synchronized void tokenizers() {
    withOwnLoader(
        "the library of tokenizers",
        () -> {
          LibUtils.checkStatus();
          return true;
        });
  }

  private static <T> T withOwnLoader(String what, Callable<T> load) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(Djl.class.getClassLoader());
    try {
      return load.call();
    } catch (Exception | LinkageError e) {
      throw unavailable(what, e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /**
   * Puts the libraries where DJL looks for them, unless they are there or the user brings their
   * own.
   */
  private static void unpackPyTorch() throws IOException {
    URL jar = Djl.class.getResource(NATIVE_JAR);
    if (jar == null || Utils.getEnvOrSystemProperty("PYTORCH_LIBRARY_PATH") != null) {
      return;
    }
    Platform platform = Platform.detectPlatform("pytorch");
    if (platform.isPlaceholder()) {
      throw new IOException("this build has no PyTorch libraries for " + platform.getClassifier());
    }
    String classifier = platform.getClassifier();
    String flavor = platform.getFlavor();
    String folder = platform.getVersion() + '-' + flavor + '-' + classifier;
    new NativeArchive(jar::openStream, "pytorch/" + flavor + '/' + classifier + '/')
        .unpackTo(Utils.getEngineCacheDir("pytorch").resolve(folder));
  }

  private static DjlUnavailableException unavailable(String what, Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String reason = deepest.getMessage() == null ? deepest.toString() : deepest.getMessage();
    Path cache = Utils.getEngineCacheDir();
    return new DjlUnavailableException(
        "%s cannot be loaded: %s (cache %s%s)".formatted(what, reason, cache, freeSpace(cache)),
        deepest instanceof IOException
            ? "It needs about 500 MB once; free some space or set DJL_CACHE_DIR to another folder."
            : "If the cache is damaged, delete it: it is filled again at the next start.",
        failure);
  }

  private static String freeSpace(Path folder) {
    Path existing = folder.toAbsolutePath();
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (existing == null) {
      return "";
    }
    try {
      return ", " + Files.getFileStore(existing).getUsableSpace() / (1 << 20) + " MB free";
    } catch (IOException e) {
      return "";
    }
  }
}
