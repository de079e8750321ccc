package io.lanpo.policy.tinker.protocol;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.lanpo.libs.http.MalformedAnswer;
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
    return "forward_backward"; // a flag in the body says which
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
    ProtobufBuilder request = new ProtobufBuilder().text(1, model).number(2, sequenceNumber);
    data.forEach(datum -> request.message(3, datum(datum)));
    request.text(4, loss.name());
    loss.config()
        .forEach(
            (key, value) ->
                request.message(5, new ProtobufBuilder().text(1, key).decimal(2, value)));
    if (forwardOnly) {
      request.number(6, 1);
    }
    return request.toBytes();
  }

  private static ProtobufBuilder datum(Datum datum) {
    ProtobufBuilder chunk = new ProtobufBuilder().integers(1, datum.tokens(0));
    ProtobufBuilder message =
        new ProtobufBuilder().message(1, new ProtobufBuilder().message(1, chunk));
    ProtobufBuilder targets = new ProtobufBuilder().longs(1, datum.tokens(1)).number(3, INT64);
    message.message(2, new ProtobufBuilder().text(1, "target_tokens").message(2, targets));
    input(message, "weights", datum, datum.weights());
    input(message, "advantages", datum, datum.advantages());
    input(message, LOG_PROBS, datum, datum.logProbs());
    return message;
  }

  private static void input(ProtobufBuilder message, String name, Datum datum, float[] values) {
    if (values.length > 0) {
      ProtobufBuilder tensor =
          new ProtobufBuilder().floats(1, datum.prefix(), values).number(3, FLOAT32);
      message.message(2, new ProtobufBuilder().text(1, name).message(2, tensor));
    }
  }

  @Override
  public PassResult passResult(byte[] body) throws MalformedAnswer {
    List<float[]> logProbs = new ArrayList<>();
    List<float[]> losses = new ArrayList<>();
    for (ProtobufMessage record : parse(body).messages(2)) {
      Map<String, List<float[]>> arrays = new HashMap<>();
      for (ProtobufMessage entry : record.messages(2)) {
        arrays.put(entry.text(1), batched(entry.message(2)));
      }
      List<float[]> scores = arrays.get(LOG_PROBS);
      if (scores == null) {
        throw new MalformedAnswer("it has no log-probabilities");
      }
      logProbs.addAll(scores);
      losses.addAll(arrays.getOrDefault(LOSSES, scores.stream().map(s -> new float[0]).toList()));
    }
    return new PassResult(logProbs, losses);
  }

  private static ProtobufMessage parse(byte[] body) throws MalformedAnswer {
    return ProtobufMessage.parse(UnsafeByteOperations.unsafeWrap(body));
  }

  /** Arrays of floats, one behind the other; arrays of another type have no meaning here. */
  private static List<float[]> batched(ProtobufMessage message) throws MalformedAnswer {
    ByteString data = message.bytes(1);
    long[] offsets = message.longs(2);
    long type = message.number(3);
    List<float[]> arrays = new ArrayList<>();
    for (int i = 0; (type == FLOAT32 || type == 0) && i + 1 < offsets.length; i++) {
      if (offsets[i] < 0 || offsets[i + 1] < offsets[i] || offsets[i + 1] > data.size()) {
        throw new MalformedAnswer("an array lies outside its data");
      }
      ByteString array = data.substring((int) offsets[i], (int) offsets[i + 1]);
      float[] values = new float[array.size() / Float.BYTES];
      array.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
      arrays.add(values);
    }
    return arrays;
  }

  @Override
  public List<Sampled> samples(byte[] body) throws MalformedAnswer {
    List<Sampled> samples = new ArrayList<>();
    for (ProtobufMessage sample : parse(body).messages(1)) {
      // the reason STOPPED is not written, as protocol buffers write no zeros
      samples.add(new Sampled(sample.integers(2), sample.floats(3), sample.number(1) == STOPPED));
    }
    return samples;
  }
}
