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

/**
 * Tries what oneDNN can do on this machine: instructions may be missing, or forbidden by a variable
 * of the environment.
 */
final class OneDnnTrial {
  private static final Logger LOG = LoggerFactory.getLogger(OneDnnTrial.class);

  private OneDnnTrial() {}

  /**
   * Runs the method {@code product}, from a matrix of ones to a matrix of f32.
   *
   * @return what came out; empty where this machine cannot do it
   */
  static float[] of(String method, int size) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        ByteArrayInputStream in = new ByteArrayInputStream(TorchScriptArchive.of(method));
        PtSymbolBlock block = JniUtils.loadModule((PtNDManager) manager, in, false, false);
        ScriptCall call = new ScriptCall(block, "product")) {
      JniUtils.setGradMode(false);
      call.add(manager.ones(new Shape(size, size)));
      return ScriptCall.array(call.run(), manager).toFloatArray();
    } catch (EngineException e) {
      LOG.debug("oneDNN does not multiply so here", e);
      return new float[0];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
