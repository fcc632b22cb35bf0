package io.emulsion.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MixedSampleTest {
  @ParameterizedTest
  @CsvSource({"0, 9", "0.4999847412109375, 9", "0.5, 4", "0.5000152587890625, 4", "1, 4"})
  void theLabelIsTheHeavierImagesAndOnATieTheFirsts(double lambda, int label) {
    MixedSample sample =
        new MixedSample(
            new Place(0, 0, 0),
            new byte[0],
            1,
            1,
            4,
            9,
            lambda,
            new ImageId("a"),
            new ImageId("b"),
            new float[0]);
    assertThat(sample.label()).isEqualTo(label);
  }
}
