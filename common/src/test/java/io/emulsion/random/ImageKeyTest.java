package io.emulsion.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.sample.ImageId;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The vectors are what {@code .ci/python/draws.py} prints, which knows the design, not this code.
 */
class ImageKeyTest {
  @ParameterizedTest
  @CsvSource({
    "0, RANK, 0, cat/1.jpg, c57894ca1f9e7e7c1bd470fd086d3a6f",
    "0, RING, 0, cat/1.jpg, cfdd9076a5feac1de1576c85e9086238",
    "0, LAMBDA, 0, cat/1.jpg, d97f299f1293a5667b2ef7a07d227416",
    "0, RANK, 1, cat/1.jpg, 5aef738213a8c2f9341f7b2522133cc7",
    "1, RANK, 0, cat/1.jpg, 453e1a67c05174f5b3caffa48a58dfa3",
    "-1, RANK, 3, dog/deep/er/2.JPEG, 057f3085dc462a9d05d8f2ed6a7ef36b",
    "-1, RING, 3, dog/deep/er/2.JPEG, 7d7368da354821bb49eac667318448fe",
    "42, LAMBDA, 998, \u00e9/\u65e5\u672c \ud83d\ude00.png, 650710804447d81071de6d2f25add0a3",
    "-9223372036854775808, LAMBDA, 0, a, 3ca7f429ec2eff92959234ee00035174",
    "9223372036854775807, RING, 7, '', 083f06ebcfc03f02f3645b88ccffad9e"
  })
  void isTheHashThatTheDesignLaysOut(
      long seed, Purpose purpose, int viewOrPass, String id, String hash) {
    ImageKey key = ImageKey.of(seed, purpose, viewOrPass, new ImageId(id));
    assertThat(hex(key)).isEqualTo(hash);
  }

  @Test
  void differsWhereSeedPurposeViewOrIdDiffer() {
    List<ImageKey> keys =
        List.of(
            ImageKey.of(0, Purpose.RING, 0, new ImageId("a")),
            ImageKey.of(1, Purpose.RING, 0, new ImageId("a")),
            ImageKey.of(0, Purpose.LAMBDA, 0, new ImageId("a")),
            ImageKey.of(0, Purpose.RING, 1, new ImageId("a")),
            ImageKey.of(0, Purpose.RING, 0, new ImageId("b")));
    assertThat(keys).doesNotHaveDuplicates();
  }

  @Test
  void anInputsKeyTellsIdLengthAndClassApart() {
    List<ImageKey> keys =
        List.of(
            ImageKey.ofInput(new ImageId("a/b"), 1, "a"),
            ImageKey.ofInput(new ImageId("a/c"), 1, "a"),
            ImageKey.ofInput(new ImageId("a/b"), 2, "a"),
            ImageKey.ofInput(new ImageId("a/b"), 1, "b"),
            ImageKey.ofInput(new ImageId("a/b"), 1, new byte[] {1}),
            ImageKey.ofInput(new ImageId("a/b"), 1, new byte[] {1, 0}),
            ImageKey.ofBadInput(new ImageId("a/b")));
    assertThat(keys).doesNotHaveDuplicates();
  }

  @Test
  void halfOfAllRanksAreNegativeAsSignedNumbers() {
    long negative =
        IntStream.range(0, 10_000)
            .mapToLong(i -> ImageKey.of(0, Purpose.RANK, 0, new ImageId("i" + i)).first())
            .filter(rank -> rank < 0)
            .count();
    assertThat(negative).isBetween(4_800L, 5_200L);
  }

  private static String hex(ImageKey key) {
    return HexFormat.of().toHexDigits(key.first()) + HexFormat.of().toHexDigits(key.second());
  }
}
