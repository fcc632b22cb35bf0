package io.emulsion.spark.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.random.ImageKey;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.ImageReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InputSampleTest {
  @Test
  void isTheSameWhateverTheOrderAndGrouping() {
    List<Integer> inputs = numbers(1_000);
    InputSample atOnce = of(inputs);
    assertThat(atOnce.references()).hasSize(InputSample.MOST).doesNotHaveDuplicates();
    Collections.shuffle(inputs, new Random(1));
    InputSample inParts = of(inputs.subList(0, 10));
    inParts.add(of(inputs.subList(10, 700)));
    inParts.add(of(inputs.subList(700, 1_000)));
    assertThat(inParts.references()).isEqualTo(atOnce.references());
  }

  @Test
  void takesInputsFromAllOfASortedListing() {
    double mean =
        of(numbers(10_000)).references().stream()
            .mapToInt(reference -> Integer.parseInt(reference.id().value()))
            .average()
            .orElseThrow();
    assertThat(mean).isBetween(4_000.0, 6_000.0); // 361 is the standard deviation
  }

  @Test
  void holdsAllOfASmallInput() {
    assertThat(of(List.of(3, 1, 2)).references()).hasSize(3);
    assertThat(new InputSample().references()).isEmpty();
  }

  private static List<Integer> numbers(int count) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(i);
    }
    return numbers;
  }

  private static InputSample of(List<Integer> inputs) {
    InputSample sample = new InputSample();
    for (int input : inputs) {
      ImageId id = new ImageId(String.valueOf(input));
      sample.add(ImageKey.ofInput(id, 1, "a"), new ImageReference(id, 0, 1, 2, 3));
    }
    return sample;
  }
}
