package io.emulsion.tensor;

import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import io.emulsion.natives.JavaCpp;
import java.util.function.Supplier;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.memory.enums.ResetPolicy;
import org.nd4j.linalg.api.memory.enums.SpillPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Computes with ND4J in native memory that is used again by the next computation of the thread, so
 * that no garbage collection is needed to free it. The first computation of a JVM loads ND4J.
 */
public final class Tensors {
  private static final WorkspaceConfiguration WORKSPACE =
      WorkspaceConfiguration.builder()
          .policyAllocation(AllocationPolicy.STRICT)
          .policyLearning(LearningPolicy.FIRST_LOOP)
          .policyReset(ResetPolicy.BLOCK_LEFT)
          .policySpill(SpillPolicy.REALLOCATE)
          .build();

  private static boolean loaded;

  private Tensors() {}

  /**
   * The values of what {@code computation} makes, row by row.
   *
   * @param workspace a name for computations that take equally much memory
   * @param computation gives a {@code float32} array; no array may leave it otherwise
   * @throws EmulsionException if ND4J cannot be loaded
   */
  @SuppressWarnings("try") // the workspace is used by being open
  public static float[] floats(String workspace, Supplier<INDArray> computation) {
    load();
    try (MemoryWorkspace memory =
        Nd4j.getWorkspaceManager().getAndActivateWorkspace(WORKSPACE, workspace)) {
      INDArray result = computation.get();
      if (result.dataType() != DataType.FLOAT
          || result.offset() != 0
          || result.ordering() != 'c'
          || result.elementWiseStride() != 1) {
        throw new IllegalArgumentException("No whole float32 array: " + result.shapeInfoToString());
      }
      float[] values = new float[Math.toIntExact(result.length())];
      new FloatPointer(result.data().pointer()).get(values);
      return values;
    }
  }

  private static synchronized void load() {
    if (loaded) {
      return;
    }
    JavaCpp.configure();
    try {
      Nd4j.getExecutioner(); // first of all: it finds the libraries
      NativeOpsHolder.getInstance()
          .getDeviceNativeOps()
          .setOmpNumThreads(1); // Spark's slots are the parallelism
    } catch (LinkageError | RuntimeException e) {
      throw EmulsionException.of(
          ExitCode.UNEXPECTED,
          e,
          "Cannot load ND4J: %s. label.soft and output.encoding float32 need it: run on Linux with"
              + " a processor that the jar has libraries for, and 350 MB free in the cache folder"
              + " (%s)",
          e,
          JavaCpp.VARIABLE);
    }
    loaded = true;
  }
}
