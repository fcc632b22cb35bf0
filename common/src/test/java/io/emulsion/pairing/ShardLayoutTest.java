package io.emulsion.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.random.ImageKey;
import io.emulsion.random.Purpose;
import io.emulsion.sample.ImageId;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardLayoutTest {
  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "1, 1",
    "512, 1",
    "513, 2", // at least 512 samples a shard
    "32768, 64",
    "32769, 64", // from here on a 64th of the set
    "262144, 64",
    "262145, 65", // at most 4096
    "1281167, 313",
    "10000000000, 2441407"
  })
  void choosesA64thOfTheSetButFrom512To4096(long count, int shards) {
    assertThat(ShardLayout.of(count, 0).shards()).isEqualTo(shards);
  }

  @ParameterizedTest
  @CsvSource({"0, 32, 1", "32, 32, 1", "33, 32, 2", "78, 32, 3", "78, 2147483647, 1"})
  void takesTheWantedMeanSize(long count, int shardSamples, int shards) {
    assertThat(ShardLayout.of(count, shardSamples).shards()).isEqualTo(shards);
  }

  /** The vectors are what {@code .ci/python/draws.py} prints for the ranks of cat/0.jpg on. */
  @ParameterizedTest
  @CsvSource({
    "1, '0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0'",
    "3, '2, 2, 0, 0, 2, 0, 0, 0, 1, 1, 2, 1'",
    "313, '272, 241, 43, 31, 252, 53, 45, 9, 176, 149, 218, 200'",
    "1000000, '870055, 771371, 138509, 100420, 806743, 172357, 144124, 31101, 564432, 478390,"
        + " 697625, 639577'"
  })
  void putsRanksWhereTheDesignSays(int shards, String expected) {
    int[] found =
        IntStream.range(0, 12)
            .map(i -> new ShardLayout(shards).shardOf(rank(0, "cat/" + i + ".jpg")))
            .toArray();
    assertThat(Arrays.toString(found)).isEqualTo("[" + expected + "]");
  }

  @Test
  void ranksAreUnsigned() {
    ShardLayout layout = new ShardLayout(10);
    assertThat(layout.shardOf(0)).isZero();
    assertThat(layout.shardOf(Long.MAX_VALUE)).isEqualTo(4);
    assertThat(layout.shardOf(Long.MIN_VALUE)).isEqualTo(5);
    assertThat(layout.shardOf(-1)).isEqualTo(9);
  }

  @Test
  void holdsForAsManyShardsAsAnIntCounts() {
    ShardLayout layout = new ShardLayout(Integer.MAX_VALUE);
    assertThat(layout.shardOf(-1)).isEqualTo(Integer.MAX_VALUE - 1);
    assertThat(layout.shardOf(0)).isZero();
  }

  @Test
  void shardsGetNearlyEqualShares() {
    int samples = 200_000;
    ShardLayout layout = new ShardLayout(50);
    for (int pass = 0; pass < 2; pass++) {
      int[] counts = new int[50];
      for (int i = 0; i < samples; i++) {
        counts[layout.shardOf(rank(pass, "class/" + i + ".jpg"))]++;
      }
      // 4000 expected, sigma 63: five of them either way.
      assertThat(Arrays.stream(counts)).allMatch(count -> count >= 3690 && count <= 4310);
    }
  }

  @Test
  void eachPassDealsNewShards() {
    ShardLayout layout = new ShardLayout(8);
    long same =
        IntStream.range(0, 8_000)
            .filter(i -> layout.shardOf(rank(0, "i" + i)) == layout.shardOf(rank(1, "i" + i)))
            .count();
    assertThat(same).isBetween(850L, 1150L); // an eighth by chance
  }

  private static long rank(int pass, String id) {
    return ImageKey.of(0, Purpose.RANK, pass, new ImageId(id)).first();
  }
}
