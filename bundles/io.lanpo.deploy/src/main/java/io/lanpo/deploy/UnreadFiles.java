package io.lanpo.deploy;

import io.lanpo.api.component.Names;
import io.lanpo.api.deploy.Deployment;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells the configuration files that no component reads, as one with a typing error in its name. A
 * bundle may bring the component later, so this is asked again each time. Only names that begin as
 * those of this project do are judged: other files may be meant for any bundle.
 */
final class UnreadFiles {
  private static final String OURS = "io.lanpo.";

  private final Diagnosis diagnosis;
  private final DeclaredOptions options;

  UnreadFiles(Diagnosis diagnosis, DeclaredOptions options) {
    this.diagnosis = diagnosis;
    this.options = options;
  }

  /** The same outcomes; a file that is in effect and that nobody reads is refused. */
  List<Deployment> judged(List<Deployment> outcomes) {
    return outcomes.stream().map(this::judged).toList();
  }

  /** The same outcome, or why the file has no effect. */
  Deployment judged(Deployment outcome) {
    String name = String.valueOf(outcome.file().getFileName());
    if (outcome.state() != Deployment.State.ACTIVE
        || !name.startsWith(OURS)
        || !name.endsWith(ConfigurationName.SUFFIX)) {
      return outcome;
    }
    String pid = ConfigurationName.of(name).pid();
    Set<String> known = new TreeSet<>(diagnosis.pids());
    // without the component runtime nothing can be said yet
    if (known.isEmpty() || known.contains(pid)) {
      return outcome;
    }
    known.addAll(options.pids());
    if (known.contains(pid)) {
      return outcome;
    }
    List<String> near = Names.nearest(pid, known);
    return new Deployment(
        outcome.file(),
        Deployment.State.REFUSED,
        "no installed component reads it"
            + (near.isEmpty() ? "" : "; did you mean %s?".formatted(near.get(0))),
        near.isEmpty()
            ? "'lanpo config RUN --markdown' lists the files that components read; a bundle may bring another."
            : "Rename it, or install the bundle with the component that reads it.");
  }
}
