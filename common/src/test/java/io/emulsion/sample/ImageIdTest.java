package io.emulsion.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageIdTest {
  /** The order is what Python's {@code sorted} makes of these strings. */
  @Test
  void ordersByUnsignedUtf8Bytes() {
    List<String> sorted =
        List.of("", "A/1", "a", "a/1", "a/10", "a/2", "\u00e9", "\uff21", "\ud83d\ude00");
    List<ImageId> ids = sorted.stream().map(ImageId::new).toList();
    assertThat(ids.stream().sorted(Comparator.reverseOrder()).sorted().toList()).isEqualTo(ids);
  }

  @Test
  void isEqualByItsTextAlone() {
    assertThat(new ImageId("a/b")).isEqualTo(new ImageId("a/b")).hasToString("a/b");
    assertThat(new ImageId("\u00e9")).isNotEqualTo(new ImageId("e\u0301"));
  }
}
