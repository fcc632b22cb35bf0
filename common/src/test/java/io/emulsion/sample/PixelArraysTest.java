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
    Image first = arrays.keep(lent(4, 5, 1));
    arrays.give(first);
    Image next = arrays.keep(lent(5, 3, 2));
    assertThat(next.rgb()).isSameAs(first.rgb()).startsWith(new byte[] {2, 2, 2});
    assertThat(next.height()).isEqualTo(5);
    assertThat(next.width()).isEqualTo(3);
  }

  @Test
  void ofSeveralArraysTheShortestThatFitsIsTaken() {
    Image long8 = arrays.keep(lent(8, 8, 1));
    Image long6 = arrays.keep(lent(6, 8, 1));
    arrays.give(long8);
    arrays.give(long6);
    assertThat(arrays.keep(lent(5, 8, 2)).rgb()).isSameAs(long6.rgb());
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
  void aMuchLongerArrayIsDroppedForANewOne() {
    Image large = arrays.keep(lent(60, 60, 1));
    arrays.give(large);
    Image small = arrays.keep(lent(20, 20, 2));
    assertThat(small.rgb()).hasSize(1200 + Image.SPARE_BYTES);
    assertThat(arrays.keep(lent(60, 60, 3)).rgb()).isNotSameAs(large.rgb());
  }
}
