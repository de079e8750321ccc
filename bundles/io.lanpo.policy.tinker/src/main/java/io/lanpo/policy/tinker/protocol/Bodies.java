package io.lanpo.policy.tinker.protocol;

import io.lanpo.libs.http.MalformedAnswer;
import java.io.IOException;
import java.util.List;

/** Writes and reads what is large: batches, their results, and samples. */
interface Bodies {
  /** The verb of a forward pass. */
  String forwardVerb();

  /**
   * Whether servers that speak so know a retry by its number. Where they do not, a batch whose
   * answer is lost must not be sent again, as its gradient would count twice.
   */
  boolean numbered();

  /** The content type of a batch. */
  String contentType();

  /**
   * Writes a batch.
   *
   * @param model the model's id
   * @param sequenceNumber of the request, at least 1; the server knows a retry by it
   * @param forwardOnly whether no gradient is wanted
   */
  byte[] pass(
      String model, int sequenceNumber, ServerLoss loss, List<Datum> data, boolean forwardOnly);

  /**
   * Reads the result of a pass.
   *
   * @throws MalformedAnswer when it is none
   */
  PassResult passResult(byte[] body) throws IOException;

  /**
   * Reads samples.
   *
   * @throws MalformedAnswer when it has none
   */
  List<Sampled> samples(byte[] body) throws IOException;
}
