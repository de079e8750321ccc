package io.lanpo.shell;

import io.lanpo.api.deploy.Deployment;
import io.lanpo.api.deploy.DeploymentListener;
import io.lanpo.shell.view.DeploymentView;
import org.apache.felix.service.command.CommandSession;
import org.jline.reader.LineReader;

/**
 * Shows in an interactive session the outcome of deployed files, above the line that is being
 * typed.
 */
record Notices(CommandSession session) implements DeploymentListener {
  /** Session variable in which the JLine shell keeps its line reader. */
  static final String READER = ".reader";

  @Override
  public void deployed(Deployment deployment) {
    String text = String.join(System.lineSeparator(), DeploymentView.lines(deployment));
    if (session.get(READER) instanceof LineReader reader && reader.isReading()) {
      reader.printAbove(text);
    } else {
      session.getConsole().println(text);
    }
  }
}
