package io.lanpo.policy.djl.network;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What oneDNN can do in bf16 on this machine. */
public final class HalfPrecision {
  private static final Logger LOG = LoggerFactory.getLogger(HalfPrecision.class);

  /** A product as the decoder's, of a matrix in oneDNN's layout. */
  private static final String PRODUCT =
      """
        def product(self, x: Tensor) -> Tensor:
          w = ops.mkldnn._reorder_linear_weight(x.to(15), 4)
          return ops.mkldnn._linear_pointwise(x.to(15), w, None, "none", annotate(List[Optional[number]], []), "").to(6)
      """;

  private HalfPrecision() {}

  /**
   * Whether oneDNN multiplies in bf16 here. It wants AVX-512, and a variable of the environment may
   * forbid that.
   */
  public static boolean byOneDnn() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        ByteArrayInputStream in = new ByteArrayInputStream(TorchScriptArchive.of(PRODUCT));
        PtSymbolBlock block = JniUtils.loadModule((PtNDManager) manager, in, false, false);
        ScriptCall call = new ScriptCall(block, "product")) {
      JniUtils.setGradMode(false);
      call.add(manager.ones(new Shape(16, 16))).run();
      return true;
    } catch (EngineException e) {
      LOG.debug("oneDNN does not multiply in bf16 here", e);
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
