package io.lanpo.similarity.minilm;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.lanpo.api.component.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The embedding of a text by all-MiniLM-L6-v2: the mean of its token vectors, of length 1.
 *
 * <p>One text at a time: the quantised model scales its activations by the largest value of a
 * batch, so that a text's vector would depend on its neighbours. One thread, so that it does not
 * take cores from the training; the same text gives the same bits.
 */
final class SentenceEncoder implements AutoCloseable {
  /** Numbers in an embedding. */
  static final int WIDTH = 384;

  /** The length that the model was trained for; later words do not count. */
  private static final int MOST_TOKENS = 256;

  private static final String MODEL = "/all-minilm-l6-v2-q.onnx";
  private static final String VOCABULARY = "/all-minilm-l6-v2-q-tokenizer.json";

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final WordPieces pieces;

  private SentenceEncoder(OrtEnvironment environment, OrtSession session, WordPieces pieces) {
    this.environment = environment;
    this.session = session;
    this.pieces = pieces;
  }

  /**
   * Loads library, model and vocabulary; takes about half a second.
   *
   * @throws UserException when there is no library for this machine or it cannot be unpacked
   */
  static SentenceEncoder load() {
    try {
      OrtEnvironment environment = OrtEnvironment.getEnvironment("lanpo");
      environment.setTelemetry(false);
      UnpackedLibraries.delete();
      try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
          InputStream model = resource(MODEL)) {
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        OrtSession session = environment.createSession(model.readAllBytes(), options);
        return new SentenceEncoder(environment, session, WordPieces.read(resource(VOCABULARY)));
      }
    } catch (IOException | OrtException | LinkageError | RuntimeException e) {
      throw new UserException(
          "the similarity filter minilm cannot load its model: %s (system %s %s)"
              .formatted(deepest(e), System.getProperty("os.name"), System.getProperty("os.arch")),
          "It runs on Linux, x86-64 or aarch64, and needs 17 MB in %s; similarity = lexical needs"
                  .formatted(System.getProperty("java.io.tmpdir"))
              + " neither.",
          e);
    }
  }

  private static InputStream resource(String name) throws IOException {
    InputStream stream = SentenceEncoder.class.getResourceAsStream(name);
    if (stream == null) {
      throw new IOException("missing in the bundle: " + name);
    }
    return stream;
  }

  private static String deepest(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest.toString();
  }

  /**
   * Embeds a text.
   *
   * @return {@code [384]}, of length 1
   */
  synchronized float[] embed(String text) {
    long[] ids = pieces.encode(text, MOST_TOKENS);
    long[] ones = new long[ids.length];
    Arrays.fill(ones, 1);
    long[] shape = {1, ids.length};
    try (OnnxTensor tokens = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
        OnnxTensor mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
        OnnxTensor segments =
            OnnxTensor.createTensor(environment, LongBuffer.allocate(ids.length), shape)) {
      Map<String, OnnxTensor> inputs = new HashMap<>();
      inputs.put("input_ids", tokens);
      inputs.put("attention_mask", mask);
      inputs.put("token_type_ids", segments);
      inputs.keySet().retainAll(session.getInputNames());
      try (OrtSession.Result result = session.run(inputs)) {
        return mean(((OnnxTensor) result.get(0)).getFloatBuffer(), ids.length);
      }
    } catch (OrtException e) {
      throw new IllegalStateException(
          "a text of %d tokens was not embedded".formatted(ids.length), e);
    }
  }

  /** Mean over {@code [tokens, 384]}, scaled to length 1. */
  private static float[] mean(FloatBuffer states, int tokens) {
    double[] sums = new double[WIDTH];
    for (int t = 0; t < tokens; t++) {
      for (int i = 0; i < WIDTH; i++) {
        sums[i] += states.get(t * WIDTH + i);
      }
    }
    double length = Math.sqrt(Arrays.stream(sums).map(s -> s * s).sum());
    float[] vector = new float[WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      vector[i] = (float) (sums[i] / length);
    }
    return vector;
  }

  @Override
  public synchronized void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("the embedding model was not released", e);
    }
  }
}
