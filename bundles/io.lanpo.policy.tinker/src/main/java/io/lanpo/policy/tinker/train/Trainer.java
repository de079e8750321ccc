package io.lanpo.policy.tinker.train;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.AdamW;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.TermReport;
import io.lanpo.api.policy.UpdateReport;
import io.lanpo.libs.http.InFlight;
import io.lanpo.policy.tinker.protocol.Datum;
import io.lanpo.policy.tinker.protocol.PassResult;
import io.lanpo.policy.tinker.protocol.RemoteModel;
import io.lanpo.policy.tinker.protocol.ServerLoss;
import io.lanpo.policy.tinker.protocol.TinkerServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Optimiser steps and scores. A large batch travels in parts, whose gradients the server adds up.
 */
public final class Trainer {
  private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);
  private static final float[] NONE = {};
  private static final List<String> NORMS =
      List.of("skyrl.ai/grad_norm", "grad_norm", "grad_norm:mean");

  private final TinkerServer server;
  private final InFlight inFlight;
  private final Objective objective;
  private final Normalization normalization;
  private final int budget;
  private boolean warned;

  /**
   * @param budget tokens of one request
   */
  public Trainer(
      TinkerServer server,
      InFlight inFlight,
      Objective objective,
      Normalization normalization,
      int budget) {
    this.server = server;
    this.inFlight = inFlight;
    this.objective = objective;
    this.normalization = normalization;
    this.budget = budget;
  }

  /** {@code [T]} for each sequence, at temperature one. */
  public List<float[]> logProbs(RemoteModel model, List<Sequence> sequences) {
    List<Datum> data = new ArrayList<>(sequences.size());
    for (Sequence sequence : sequences) {
      float[] ones = new float[sequence.completion().length];
      Arrays.fill(ones, 1);
      data.add(new Datum(sequence, ones, NONE, NONE));
    }
    return pass(model, ServerLoss.CROSS_ENTROPY, data, true).logProbs();
  }

  public UpdateReport update(RemoteModel model, List<LossTerm> terms, AdamW optimizer) {
    UpdatePlan plan =
        UpdatePlan.of(terms, objective, normalization, unscored -> logProbs(model, unscored));
    if (plan.batches().isEmpty()) {
      return new UpdateReport(Map.of(), 0);
    }
    try {
      return step(model, plan, optimizer);
    } catch (UserException e) {
      model.giveUp(e);
      throw e;
    }
  }

  private UpdateReport step(RemoteModel model, UpdatePlan plan, AdamW optimizer) {
    Map<String, TermTotals> totals = new TreeMap<>();
    plan.batches()
        .forEach(
            (loss, items) -> {
              // One loss after the other: SkyRL takes the first one's for all that wait together.
              List<Datum> data = items.stream().map(UpdatePlan.Item::datum).toList();
              PassResult result = pass(model, loss, data, false);
              for (int i = 0; i < items.size(); i++) {
                totals
                    .computeIfAbsent(items.get(i).term(), name -> new TermTotals())
                    .add(items.get(i), result.logProbs().get(i), result.losses().get(i));
              }
            });
    JsonObject metrics = server.optimStep(model.id(), model.nextNumber(), optimizer);
    model.changed();
    double norm = gradientNorm(metrics);
    if (norm > optimizer.maxGradientNorm() && !warned) {
      warned = true;
      LOG.warn(
          "gradient norm {} is above optimizer.max-gradient-norm = {}; whether it was clipped is the"
              + " server's to say (SkyRL's backend for JAX does not)",
          norm,
          optimizer.maxGradientNorm());
    }
    Map<String, TermReport> reports = new TreeMap<>();
    totals.forEach((name, total) -> reports.put(name, total.report()));
    return new UpdateReport(reports, norm);
  }

  /** Sends a batch in parts and waits for all of them; of each result, the completion's tokens. */
  private PassResult pass(
      RemoteModel model, ServerLoss loss, List<Datum> data, boolean forwardOnly) {
    List<Supplier<PassResult>> waits = new ArrayList<>();
    int from = 0;
    while (from < data.size()) {
      int to = from + 1;
      int tokens = data.get(from).positions();
      while (to < data.size() && tokens + data.get(to).positions() <= budget) {
        tokens += data.get(to++).positions();
      }
      List<Datum> part = data.subList(from, to);
      String number = server.sendPass(model.id(), model.nextNumber(), loss, part, forwardOnly);
      waits.add(() -> completions(server.passResult(number, loss), part));
      from = to;
    }
    List<float[]> logProbs = new ArrayList<>(data.size());
    List<float[]> losses = new ArrayList<>(data.size());
    for (PassResult part : inFlight.all(waits)) {
      logProbs.addAll(part.logProbs());
      losses.addAll(part.losses());
    }
    return new PassResult(logProbs, losses);
  }

  private PassResult completions(PassResult whole, List<Datum> data) {
    if (whole.logProbs().size() != data.size() || whole.losses().size() != data.size()) {
      throw wrong(
          "%d sequences where %d were sent".formatted(whole.logProbs().size(), data.size()));
    }
    List<float[]> logProbs = new ArrayList<>(data.size());
    List<float[]> losses = new ArrayList<>(data.size());
    for (int i = 0; i < data.size(); i++) {
      logProbs.add(completion(whole.logProbs().get(i), data.get(i)));
      float[] loss = whole.losses().get(i);
      losses.add(loss.length == 0 ? loss : completion(loss, data.get(i)));
    }
    return new PassResult(logProbs, losses);
  }

  private float[] completion(float[] values, Datum datum) {
    if (values.length != datum.positions()) {
      throw wrong("%d tokens where %d were sent".formatted(values.length, datum.positions()));
    }
    float[] part = Arrays.copyOfRange(values, datum.prefix(), values.length);
    for (float value : part) {
      if (!Float.isFinite(value)) {
        throw wrong("the value " + value);
      }
    }
    return part;
  }

  private UserException wrong(String what) {
    return new UserException(
        "the server %s scored %s".formatted(server.endpoint(), what),
        "See the server's log; then continue from the last checkpoint: lanpo resume.");
  }

  /** 0 where the server does not report it. */
  private static double gradientNorm(JsonObject metrics) {
    for (String name : NORMS) {
      JsonElement value = metrics.get(name);
      if (value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber()) {
        return value.getAsDouble();
      }
    }
    return 0;
  }
}
