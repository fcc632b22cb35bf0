package io.emulsion.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IdDigestTest {
  @Test
  void ofNothingIsZero() {
    assertThat(new IdDigest().hex()).isEqualTo("0".repeat(32));
  }

  @Test
  void carriesFromTheLowHalfToTheHighOne() {
    IdDigest digest = new IdDigest();
    digest.add(new ImageKey(0, -1));
    digest.add(new ImageKey(0, 1));
    assertThat(digest.hex()).isEqualTo("00000000000000010000000000000000");
  }

  @Test
  void isTheSumModuloTwoToThe128() {
    IdDigest digest = new IdDigest();
    BigInteger sum = BigInteger.ZERO;
    for (ImageKey key : keys()) {
      digest.add(key);
      sum = sum.add(unsigned(key.first()).shiftLeft(64)).add(unsigned(key.second()));
    }
    assertThat(new BigInteger(digest.hex(), 16)).isEqualTo(sum.mod(BigInteger.ONE.shiftLeft(128)));
  }

  @Test
  void isTheSameInAnyOrderAndGrouping() {
    List<ImageKey> keys = keys();
    IdDigest inOrder = new IdDigest();
    keys.forEach(inOrder::add);
    Collections.shuffle(keys, new Random(3));
    IdDigest grouped = new IdDigest();
    for (int from = 0; from < keys.size(); from += 7) {
      IdDigest part = new IdDigest();
      keys.subList(from, Math.min(keys.size(), from + 7)).forEach(part::add);
      grouped.add(new IdDigest(part.high(), part.low()));
    }
    assertThat(grouped.hex()).isEqualTo(inOrder.hex());
  }

  @Test
  void countsEqualThingsTwice() {
    IdDigest once = new IdDigest();
    once.add(new ImageKey(1, 2));
    IdDigest twice = new IdDigest(once.high(), once.low());
    twice.add(new ImageKey(1, 2));
    assertThat(twice.hex()).isEqualTo("00000000000000020000000000000004");
  }

  private static List<ImageKey> keys() {
    Random random = new Random(1);
    List<ImageKey> keys = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      keys.add(new ImageKey(random.nextLong(), random.nextLong()));
    }
    return keys;
  }

  private static BigInteger unsigned(long value) {
    return new BigInteger(Long.toUnsignedString(value));
  }
}
