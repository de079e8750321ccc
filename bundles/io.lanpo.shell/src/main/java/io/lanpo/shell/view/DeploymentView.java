package io.lanpo.shell.view;

import io.lanpo.api.component.ComponentState;
import io.lanpo.api.component.Setting;
import io.lanpo.api.deploy.Deployment;
import io.lanpo.shell.terminal.TerminalText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What came of deployed files, and states of components, as text and as documents. */
public final class DeploymentView {
  private DeploymentView() {}

  /** A line on what came of a file, and one on what to do about it. */
  public static List<String> lines(Deployment deployment) {
    String first =
        "%s: %s"
            .formatted(
                TerminalText.line(String.valueOf(deployment.file().getFileName())),
                TerminalText.line(deployment.message()));
    return deployment.nextStep().isEmpty()
        ? List.of(first)
        : Stream.of(first, "  " + TerminalText.line(deployment.nextStep())).toList();
  }

  /** What came of a file as a document. */
  public static Map<String, Object> document(Deployment deployment) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("file", deployment.file().toString());
    document.put("state", Setting.word(deployment.state()));
    document.put("message", deployment.message());
    document.put("nextStep", deployment.nextStep());
    return document;
  }

  /** The state of a component as a document. */
  public static Map<String, Object> document(ComponentState state) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("kind", state.kind());
    document.put("name", state.name());
    document.put("bundle", state.bundle());
    document.put("version", state.version());
    document.put("ranking", state.ranking());
    document.put("pinnedBy", state.pinnedBy());
    document.put("state", Setting.word(state.condition()));
    document.put("causes", state.causes());
    document.put("nextStep", state.nextStep());
    return document;
  }
}
