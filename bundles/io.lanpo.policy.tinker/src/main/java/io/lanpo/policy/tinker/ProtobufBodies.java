package io.lanpo.policy.tinker;

import io.lanpo.libs.http.MalformedAnswer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The messages of the public SDK (PyPI {@code tinker} 0.25, {@code tinker_public.proto}); field
 * numbers are its own.
 */
final class ProtobufBodies implements Bodies {
  private static final int FLOAT32 = 1;
  private static final int INT64 = 2;
  private static final int STOPPED = 0;
  private static final String LOG_PROBS = "logprobs";
  private static final String LOSSES = "elementwise_loss";

  @Override
  public String forwardVerb() {
    return "forward_backward"; // a flag in the body tells
  }

  @Override
  public boolean numbered() {
    return true;
  }

  @Override
  public String contentType() {
    return "application/x-protobuf";
  }

  @Override
  public byte[] pass(
      String model, int sequenceNumber, ServerLoss loss, List<Datum> data, boolean forwardOnly) {
    ProtoWriter request = new ProtoWriter().text(1, model).number(2, sequenceNumber);
    data.forEach(datum -> request.message(3, datum(datum)));
    request.text(4, loss.name());
    loss.config()
        .forEach(
            (key, value) -> request.message(5, new ProtoWriter().text(1, key).decimal(2, value)));
    if (forwardOnly) {
      request.number(6, 1);
    }
    return request.toBytes();
  }

  private static ProtoWriter datum(Datum datum) {
    ProtoWriter chunk = new ProtoWriter().integers(1, datum.tokens(0));
    ProtoWriter message = new ProtoWriter().message(1, new ProtoWriter().message(1, chunk));
    ProtoWriter targets = new ProtoWriter().longs(1, datum.tokens(1)).number(3, INT64);
    message.message(2, new ProtoWriter().text(1, "target_tokens").message(2, targets));
    input(message, "weights", datum, datum.weights());
    input(message, "advantages", datum, datum.advantages());
    input(message, LOG_PROBS, datum, datum.logProbs());
    return message;
  }

  private static void input(ProtoWriter message, String name, Datum datum, float[] values) {
    if (values.length > 0) {
      ProtoWriter tensor = new ProtoWriter().floats(1, datum.prefix(), values).number(3, FLOAT32);
      message.message(2, new ProtoWriter().text(1, name).message(2, tensor));
    }
  }

  @Override
  public PassResult passResult(byte[] body) throws MalformedAnswer {
    List<float[]> logProbs = new ArrayList<>();
    List<float[]> losses = new ArrayList<>();
    ProtoReader message = new ProtoReader(ByteBuffer.wrap(body));
    for (int field = message.next(); field != 0; field = message.next()) {
      if (field == 2) {
        Map<String, List<float[]>> record = arrayRecord(message.message());
        List<float[]> scores = record.get(LOG_PROBS);
        if (scores == null) {
          throw new MalformedAnswer("it has no log-probabilities");
        }
        logProbs.addAll(scores);
        losses.addAll(record.getOrDefault(LOSSES, scores.stream().map(s -> new float[0]).toList()));
      }
    }
    return new PassResult(logProbs, losses);
  }

  private static Map<String, List<float[]>> arrayRecord(ProtoReader message)
      throws MalformedAnswer {
    Map<String, List<float[]>> fields = new HashMap<>();
    for (int field = message.next(); field != 0; field = message.next()) {
      if (field == 2) {
        ProtoReader entry = message.message();
        String name = "";
        List<float[]> arrays = List.of();
        for (int part = entry.next(); part != 0; part = entry.next()) {
          if (part == 1) {
            name = entry.text();
          } else if (part == 2) {
            arrays = batched(entry.message());
          }
        }
        fields.put(name, arrays);
      }
    }
    return fields;
  }

  /** Arrays of floats, one behind the other; arrays of another type have no meaning here. */
  private static List<float[]> batched(ProtoReader message) throws MalformedAnswer {
    ByteBuffer data = ByteBuffer.allocate(0);
    long[] offsets = {};
    long type = FLOAT32;
    for (int field = message.next(); field != 0; field = message.next()) {
      switch (field) {
        case 1 -> data = message.bytes();
        case 2 -> offsets = message.longs();
        case 3 -> type = message.number();
        default -> {}
      }
    }
    List<float[]> arrays = new ArrayList<>();
    for (int i = 0; type == FLOAT32 && i + 1 < offsets.length; i++) {
      long length = offsets[i + 1] - offsets[i];
      if (offsets[i] < 0 || length < 0 || offsets[i + 1] > data.limit()) {
        throw new MalformedAnswer("an array lies outside its data");
      }
      float[] values = new float[(int) length / Float.BYTES];
      data.slice((int) offsets[i], (int) length)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(values);
      arrays.add(values);
    }
    return arrays;
  }

  @Override
  public List<Sampled> samples(byte[] body) throws MalformedAnswer {
    List<Sampled> samples = new ArrayList<>();
    ProtoReader message = new ProtoReader(ByteBuffer.wrap(body));
    for (int field = message.next(); field != 0; field = message.next()) {
      if (field == 1) {
        samples.add(sample(message.message()));
      }
    }
    return samples;
  }

  private static Sampled sample(ProtoReader message) throws MalformedAnswer {
    long reason = STOPPED; // which is not written
    int[] tokens = {};
    float[] logProbs = {};
    for (int field = message.next(); field != 0; field = message.next()) {
      switch (field) {
        case 1 -> reason = message.number();
        case 2 -> tokens = message.integers();
        case 3 -> logProbs = message.floats();
        default -> {}
      }
    }
    return new Sampled(tokens, logProbs, reason == STOPPED);
  }
}
