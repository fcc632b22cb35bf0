package io.emulsion.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PixelArraysTest {
  private final PixelArrays arrays = new PixelArrays();

  private static Image lent(int height, int width, int value) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(height * width * 3 + Image.SPARE_BYTES);
    for (int i = 0; i < height * width * 3; i++) {
      bytes.put(i, (byte) value);
    }
    return Image.lent(height, width, bytes);
  }

  @Test
  void anArrayThatWasGivenBackHoldsTheNextImageThatFits() {
    Image first = arrays.keep(lent(40, 50, 1));
    arrays.give(first);
    Image next = arrays.keep(lent(50, 38, 2));
    assertThat(next.rgb()).isSameAs(first.rgb()).startsWith(new byte[] {2, 2, 2});
    assertThat(next.height()).isEqualTo(50);
    assertThat(next.width()).isEqualTo(38);
  }

  @Test
  void ofSeveralArraysTheShortestThatFitsIsTaken() {
    Image larger = arrays.keep(lent(60, 80, 1));
    Image smaller = arrays.keep(lent(58, 80, 1));
    arrays.give(larger);
    arrays.give(smaller);
    assertThat(arrays.keep(lent(57, 80, 2)).rgb()).isSameAs(smaller.rgb());
  }

  @Test
  void anArrayInUseIsNotTakenAgain() {
    Image first = arrays.keep(lent(4, 4, 1));
    assertThat(arrays.keep(lent(4, 4, 2)).rgb()).isNotSameAs(first.rgb());
    assertThat(first.rgb()).startsWith(new byte[] {1, 1, 1});
  }

  @Test
  void whatIsGivenTwiceIsTakenOnce() {
    Image first = arrays.keep(lent(4, 4, 1));
    arrays.give(first);
    arrays.give(first);
    Image next = arrays.keep(lent(4, 4, 2));
    assertThat(arrays.keep(lent(4, 4, 3)).rgb()).isNotSameAs(next.rgb());
  }

  @Test
  void theArrayOfAnImageThatIsNoCopyIsNotTaken() {
    Image own = new Image(4, 4, Image.allocate(4, 4));
    assertThat(arrays.keep(own)).isSameAs(own);
    arrays.give(own);
    assertThat(arrays.keep(lent(4, 4, 2)).rgb()).isNotSameAs(own.rgb());
  }

  @Test
  void aLongerArrayIsDroppedForANewOne() {
    Image large = arrays.keep(lent(60, 60, 1));
    arrays.give(large);
    Image small = arrays.keep(lent(52, 60, 2));
    assertThat(small.rgb()).hasSize(52 * 60 * 3 + Image.SPARE_BYTES);
    assertThat(arrays.keep(lent(60, 60, 3)).rgb()).isNotSameAs(large.rgb());
  }
}
