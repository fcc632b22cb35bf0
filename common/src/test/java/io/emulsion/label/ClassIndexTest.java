package io.emulsion.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassIndexTest {
  /** The order is what Python prints for {@code sorted(["a", "é", "10", "A", "2", "1"])}. */
  @Test
  void numbersAsPythonsSortedDoes() {
    ClassIndex index = ClassIndex.sorted(List.of("a", "\u00e9", "10", "A", "2", "1"));
    assertThat(index.names()).containsExactly("1", "10", "2", "A", "a", "\u00e9");
  }

  /** UTF-16 units would put U+1F600 (D83D DE00) before U+FF21. */
  @Test
  void ordersByCodePointsNotByUtf16Units() {
    String fullWidthA = "\uff21";
    String face = "\ud83d\ude00";
    assertThat(face).isLessThan(fullWidthA);
    assertThat(ClassIndex.sorted(List.of(face, fullWidthA)).names())
        .containsExactly(fullWidthA, face);
  }

  @Test
  void doesNotNormalise() {
    String composed = "\u00e9";
    String decomposed = "e\u0301";
    assertThat(ClassIndex.sorted(List.of(composed, decomposed)).names())
        .containsExactly(decomposed, composed);
  }

  @Test
  void countsANameOnce() {
    ClassIndex index = ClassIndex.sorted(List.of("b", "a", "b"));
    assertThat(index.size()).isEqualTo(2);
    assertThat(index.indexOf("b")).isEqualTo(1);
    assertThat(index.name(1)).isEqualTo("b");
  }

  @Test
  void refusesANameItDoesNotHave() {
    assertThatThrownBy(() -> ClassIndex.sorted(List.of("a")).indexOf("b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("No class b");
  }
}
