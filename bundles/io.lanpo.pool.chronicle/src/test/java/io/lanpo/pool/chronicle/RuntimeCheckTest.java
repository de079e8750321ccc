package io.lanpo.pool.chronicle;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeCheckTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
        "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED"
      })
  void aMissingOptionIsNamed(String option) throws Exception {
    try (ChildJvm child =
        new ChildJvm(
            o -> !o.equals(option),
            List.of(),
            WriterProcess.class,
            folder.toString(),
            "-1",
            "9",
            "9")) {
      String said = child.rest();
      assertTrue(said.contains("was started without: " + option + ".\n"), said);
      assertTrue(said.contains("runtime/etc/jvm.options"), said);
    }
  }

  /** The modules of a JRE. */
  @Test
  void aRuntimeWithoutACompilerIsNamed() throws Exception {
    try (ChildJvm child =
        new ChildJvm(
            o -> !o.contains("jdk.compiler"),
            List.of("--limit-modules=java.se,jdk.unsupported"),
            WriterProcess.class,
            folder.toString(),
            "-1",
            "9",
            "9")) {
      String said = child.rest();
      assertTrue(said.contains("needs a JDK") && said.contains("JAVA_HOME"), said);
    }
  }

  @Test
  void aTemporaryFolderThatTakesNoLibraryIsNamed() throws Exception {
    Path missing = folder.resolve("missing");
    try (ChildJvm child =
        new ChildJvm(
            o -> true,
            List.of("-Djava.io.tmpdir=" + missing),
            WriterProcess.class,
            folder.resolve("pool").toString(),
            "-1",
            "9",
            "9")) {
      String said = child.rest();
      assertTrue(said.contains("cannot load the library zstd"), said);
      assertTrue(said.contains(missing.toString()) && said.contains("java.io.tmpdir="), said);
    }
  }
}
