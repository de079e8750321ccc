package io.lanpo.policy.tinker.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import io.lanpo.api.policy.Sequence;
import io.lanpo.libs.http.MalformedAnswer;
import io.lanpo.policy.tinker.ContractTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The bodies; that protobuf's are the real ones, {@link ContractTest} shows. */
final class WireFormatTest {
  private static final Datum DATUM =
      new Datum(
          new Sequence(new int[] {5, 6, 7}, new int[] {8, 9}),
          new float[] {1, 1},
          new float[] {0.5f, -0.5f},
          new float[] {-1, -2});

  @Test
  void positionsAreShiftedByOne() {
    assertEquals(4, DATUM.positions());
    assertArrayEquals(new int[] {5, 6, 7, 8}, DATUM.tokens(0));
    assertArrayEquals(new int[] {6, 7, 8, 9}, DATUM.tokens(1));
  }

  @Test
  void jsonSaysTheSame() {
    byte[] body =
        new JsonBodies()
            .pass(
                "m",
                3,
                new ServerLoss("ppo", Map.of("clip_low_threshold", 0.8)),
                List.of(DATUM),
                false);
    JsonObject request =
        JsonParser.parseString(new String(body, StandardCharsets.UTF_8)).getAsJsonObject();
    assertEquals(
        JsonParser.parseString(
            "{'model_id':'m','seq_id':3,'forward_backward_input':{'loss_fn':'ppo','loss_fn_config':"
                + "{'clip_low_threshold':0.8},'data':[{'model_input':{'chunks':[{'type':'encoded_text',"
                + "'tokens':[5,6,7,8]}]},'loss_fn_inputs':{'target_tokens':{'data':[6,7,8,9],'dtype':"
                + "'int64'},'weights':{'data':[0.0,0.0,1.0,1.0],'dtype':'float32'},'advantages':{'data':"
                + "[0.0,0.0,0.5,-0.5],'dtype':'float32'},'logprobs':{'data':[0.0,0.0,-1.0,-2.0],'dtype':"
                + "'float32'}}}]}}"),
        request);
  }

  @Test
  void jsonAnswersAreRead() throws IOException {
    JsonBodies bodies = new JsonBodies();
    PassResult result =
        bodies.passResult(
            bytes(
                "{\"loss_fn_outputs\":[{\"logprobs\":{\"data\":[-1.5,-2]},"
                    + "\"elementwise_loss\":{\"data\":[1.5,2]}}]}"));
    assertArrayEquals(new float[] {-1.5f, -2}, result.logProbs().get(0));
    assertArrayEquals(new float[] {1.5f, 2}, result.losses().get(0));
    Sampled sample =
        bodies
            .samples(
                bytes(
                    "{\"sequences\":[{\"stop_reason\":\"stop\",\"tokens\":[151643],\"logprobs\":[-0.5]}]}"))
            .get(0);
    assertArrayEquals(new int[] {151643}, sample.tokens());
    assertTrue(sample.stopped());
    for (String wrong :
        List.of(
            "{", "[]", "{}", "{\"sequences\":[{}]}", "{\"sequences\":[{\"tokens\":[\"x\"]}]}")) {
      assertThrows(MalformedAnswer.class, () -> bodies.samples(bytes(wrong)), wrong);
    }
  }

  /**
   * Wherever a message is cut off, it is either refused or has less in it; nothing else happens.
   */
  @Test
  void aProtobufMessageThatIsCutOffIsNoSurprise() {
    byte[] sample =
        new ProtobufBuilder()
            .number(1, 1)
            .integers(2, new int[] {1, 300})
            .floats(3, 0, new float[] {-1, -2})
            .toBytes();
    byte[] whole = new ProtobufBuilder().bytes(1, ByteString.copyFrom(sample)).toBytes();
    ProtobufBodies bodies = new ProtobufBodies();
    for (int length = 1; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThrows(MalformedAnswer.class, () -> bodies.samples(part), length + " bytes");
    }
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        bodies.samples(damaged);
        bodies.passResult(damaged);
      } catch (MalformedAnswer e) {
        // as it should be
      }
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
