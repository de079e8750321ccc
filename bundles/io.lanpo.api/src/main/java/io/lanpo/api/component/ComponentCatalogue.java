package io.lanpo.api.component;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The one look-up of components: which one serves under a name, and why another does not. Runs,
 * commands and messages all ask here, so they all give the same answer.
 */
@ProviderType
public interface ComponentCatalogue {
  /**
   * Every component, ready or not, by kind and name; of two with one name the one that serves comes
   * first. Looking never loads a native library, but tries a component once that has a
   * configuration file.
   */
  List<ComponentState> components();

  /** The configuration files that components read, by name, with their options. */
  List<ComponentFile> files();

  /**
   * An instance of the component that serves under a name.
   *
   * @param wanted what is looked for
   * @param holder who will hold it, e.g. the id of a run; empty when it does not matter
   * @throws UserException when none serves under that name, with the reason: the configuration file
   *     that is refused, what is missing, or the names that there are
   */
  <S> ComponentUse<S> use(Wanted<S> wanted, String holder);

  /** Names under which components of a type serve now, sorted. */
  List<String> names(Class<?> type);

  /**
   * A component that is looked for.
   *
   * @param type its service interface
   * @param name its {@code lanpo.name}, or {@code name@version} with the version of its bundle or a
   *     beginning of it
   * @param where what names it, for messages, e.g. {@code io.lanpo.run~micro.cfg: verifier}
   */
  record Wanted<S>(Class<S> type, String name, String where) {}
}
