package io.lanpo.policy.tinker.protocol;

import io.lanpo.api.component.UserException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A model on the server: its id, the numbers of its requests, and whether what is sampled from is
 * what was learned last.
 *
 * <p>Gradients add up on the server until an optimiser step. A step that fails half-way leaves some
 * behind, which the next one would take along; so the model is given up, and the run continues from
 * its last checkpoint in a new one.
 */
public final class RemoteModel {
  private final TinkerServer server;
  private final String session;
  private final Origin origin;
  private final Supplier<String> names;
  private final AtomicInteger samples = new AtomicInteger();
  private String id;
  private int requests;
  private int samplings;
  private @Nullable String sampling;
  private @Nullable String source;
  private boolean moments;
  private volatile @Nullable UserException failure;

  /**
   * What a model is made of.
   *
   * @param base the server's name of its weights
   * @param rank of its adapters; 0 for none
   * @param seed of its adapters
   */
  public record Origin(String base, int rank, int seed) {}

  /**
   * Makes a new model.
   *
   * @param names fresh names for what is saved
   */
  public RemoteModel(TinkerServer server, String session, Origin origin, Supplier<String> names) {
    this.server = server;
    this.session = session;
    this.origin = origin;
    this.names = names;
    this.id = create();
  }

  private String create() {
    return server.createModel(session, origin.base(), origin.rank(), origin.seed());
  }

  public Origin origin() {
    return origin;
  }

  /** The model's id on the server, as long as it is whole. */
  public String id() {
    UserException why = failure;
    if (why != null) {
      throw new UserException(
          "the policy on the server is not whole since a step failed: " + why.getMessage(),
          "Continue from the last checkpoint: lanpo resume.",
          why);
    }
    return id;
  }

  /** The number of the next request; the server knows a retry by it. */
  public int nextNumber() {
    return ++requests;
  }

  /** Takes over what was saved, the optimiser's state included; only in a new model. */
  public void load(String path) {
    server.loadWeights(id(), path, true);
    source = path;
    moments = true;
  }

  /** After an optimiser step. */
  public void changed() {
    sampling = null;
    source = null;
    moments = true;
  }

  /** After a step that failed half-way. */
  public void giveUp(UserException why) {
    failure = why;
  }

  /** A session that samples from the weights as they are. */
  public String samplingSession() {
    if (sampling == null) {
      sampling = server.samplingSession(id(), () -> ++samplings);
    }
    return sampling;
  }

  public int nextSample() {
    return samples.incrementAndGet();
  }

  /** Saves weights and the optimiser's state; returns where. */
  public String save() {
    if (source == null) {
      source = server.saveWeights(id(), names);
    }
    return source;
  }

  /** The archive of the weights for sampling. */
  public byte[] archive() {
    String path = server.saveForSampler(id(), names);
    return server.archive(id(), path.substring(path.lastIndexOf('/') + 1));
  }

  /**
   * Forgets the moments. The protocol loads into new models only, and some servers hold one at a
   * time.
   */
  public void resetOptimizer() {
    if (!moments) {
      return;
    }
    String path = save();
    server.unload(id());
    id = create();
    requests = 0;
    sampling = null;
    server.loadWeights(id, path, false);
    source = path;
    moments = false;
  }

  /**
   * Frees its memory there; one that was given up goes with its session, when no heartbeat comes.
   */
  public void unload() {
    if (failure == null) {
      server.unload(id);
    }
  }
}
