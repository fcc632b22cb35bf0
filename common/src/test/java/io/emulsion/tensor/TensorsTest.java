package io.emulsion.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class TensorsTest {
  @Test
  void givesTheValuesRowByRow() {
    assertThat(Tensors.floats("test", () -> Nd4j.createFromArray(new float[][] {{1, 2}, {3, 4}})))
        .containsExactly(1, 2, 3, 4);
  }

  @Test
  void standsComputationsThatGrowAndShrink() {
    for (int size : new int[] {10, 1_000_000, 3, 50_000, 2_000_000, 1}) {
      float[] ones = new float[size];
      java.util.Arrays.fill(ones, 1);
      float[] result = Tensors.floats("test", () -> Nd4j.createFromArray(ones).addi(1).mul(3));
      assertThat(result).hasSize(size).containsOnly(6);
    }
  }

  @Test
  void givesEachThreadItsOwnMemory() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<float[]>> results =
          IntStream.range(0, 400)
              .mapToObj(
                  i ->
                      threads.submit(
                          () -> Tensors.floats("test", () -> Nd4j.ones(1000).muli(i).divi(1))))
              .toList();
      for (int i = 0; i < results.size(); i++) {
        assertThat(results.get(i).get()).hasSize(1000).containsOnly(i);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void refusesOtherTypesAndViews() {
    assertThatThrownBy(() -> Tensors.floats("test", () -> Nd4j.ones(DataType.DOUBLE, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("No whole float32 array: ");
    assertThatThrownBy(
            () -> Tensors.floats("test", () -> Nd4j.ones(DataType.FLOAT, 2, 3).transpose()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("No whole float32 array: ");
  }
}
