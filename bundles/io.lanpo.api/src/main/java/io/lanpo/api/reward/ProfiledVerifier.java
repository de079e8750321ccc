package io.lanpo.api.reward;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** A verifier with named sets of conventions, for the points on which graders disagree. */
@ConsumerType
public interface ProfiledVerifier extends Verifier {
  /** The names of its profiles, lower case. */
  List<String> profiles();

  /**
   * A verifier like this one under another profile.
   *
   * @param name one of {@link #profiles()}
   * @throws IllegalArgumentException for another name
   */
  Verifier withProfile(String name);
}
