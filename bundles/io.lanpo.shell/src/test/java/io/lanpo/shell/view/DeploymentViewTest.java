package io.lanpo.shell.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.api.deploy.Deployment;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeploymentViewTest {
  @Test
  void neitherAFilesNameNorWhatABundleSaysSteersTheTerminal() {
    assertEquals(
        List.of("a\\x1b[2Jb.jar: it said \\x1b]0;title\\x07", "  Go \\x9b1A."),
        DeploymentView.lines(
            new Deployment(
                Path.of("a\u001b[2Jb.jar"),
                Deployment.State.REFUSED,
                "it said \u001b]0;title\u0007",
                "Go \u009b1A.")));
  }
}
