package io.emulsion.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emulsion.error.EmulsionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairingOptionsTest {
  @ParameterizedTest
  @CsvSource({"1, 4, 1", "4, 4, 1", "5, 4, 2", "8, 4, 2", "999, 1, 999", "3, 64, 1"})
  void passesAreViewsByViewsPerPass(int views, int viewsPerPass, int passes) {
    assertThat(new PairingOptions(0, views, viewsPerPass, 256).passes()).isEqualTo(passes);
  }

  @Test
  void passesSplitTheViewsInOrder() {
    PairingOptions pairing = new PairingOptions(0, 7, 3, 256);
    int view = 0;
    for (int pass = 0; pass < pairing.passes(); pass++) {
      assertThat(pairing.firstView(pass)).isEqualTo(view);
      view = pairing.endView(pass);
    }
    assertThat(view).isEqualTo(7);
    assertThat(pairing.endView(2) - pairing.firstView(2)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 4, 256, 'mix.views must be from 1 to 999, but is 0'",
    "1000, 4, 256, 'mix.views must be from 1 to 999, but is 1000'",
    "1, 0, 256, 'mix.views-per-pass must be from 1 to 64, but is 0'",
    "1, 65, 256, 'mix.views-per-pass must be from 1 to 64, but is 65'",
    "1, 4, 1, 'mix.block-samples must be from 2 to 65536, but is 1'",
    "1, 4, 65537, 'mix.block-samples must be from 2 to 65536, but is 65537'"
  })
  void refusesWhatIsOutOfRange(int views, int viewsPerPass, int blockSamples, String message) {
    assertThatThrownBy(() -> new PairingOptions(0, views, viewsPerPass, blockSamples))
        .isInstanceOf(EmulsionException.class)
        .hasMessage(message);
  }
}
