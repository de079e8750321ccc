package io.lanpo.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

class DeclaredComponentsTest {
  @TempDir Path folder;

  /** It may go between the moment when it was found and the one when it is read. */
  @Test
  void aBundleThatIsGoneHasNoFiles() throws Exception {
    TestFramework framework = new TestFramework(folder);
    try {
      Bundle bundle = framework.installed(new TestJar("other", "1.0.0"));
      assertEquals(1, DeclaredComponents.entries(bundle, "META-INF", "*.MF").size());
      bundle.uninstall();
      assertEquals(List.of(), DeclaredComponents.entries(bundle, "META-INF", "*.MF"));
    } finally {
      framework.close();
    }
  }
}
