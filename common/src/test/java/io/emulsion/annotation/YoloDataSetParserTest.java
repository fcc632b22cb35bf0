package io.emulsion.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emulsion.error.EmulsionException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YoloDataSetParserTest {
  private static YoloDataSet parse(String yaml) {
    return YoloDataSetParser.parse(yaml.getBytes(StandardCharsets.UTF_8), "data.yaml");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "names: [cat, 'no', é]",
        "names:\n- cat\n- 'no'\n- é",
        "names:\n  2: é\n  0: cat\n  1: 'no'\n",
        "names: {0: cat, 1: no, 2: é}"
      })
  void readsNamesAsListOrMap(String names) {
    assertThat(parse("path: ../datasets/x\ntrain: images/train\nval: [a, b]\nnc: 3\n" + names))
        .isEqualTo(
            new YoloDataSet(List.of("cat", "no", "é"), "../datasets/x", List.of("images/train")));
  }

  @Test
  void readsSeveralFoldersAndNone() {
    assertThat(parse("train: [a/images, b/images]").train())
        .containsExactly("a/images", "b/images");
    assertThat(parse("train:\npath:\nnc: 0")).isEqualTo(new YoloDataSet(List.of(), "", List.of()));
  }

  private static void refuses(String yaml, String problem) {
    assertThatThrownBy(() -> parse(yaml))
        .isInstanceOf(EmulsionException.class)
        .hasMessageStartingWith("data.yaml is no YAML of a YOLO data set: ")
        .hasMessageContaining(problem)
        .hasMessageMatching(".* \\(line \\d+\\)");
  }

  @Test
  void refusesWhatIsNoDataSet() {
    refuses("", "it has no keys");
    refuses("- a", "it has no keys");
    refuses("names: {a: 1}", "the key of a name is no number: 'a'");
    refuses("names: {0: a, 2: b}", "names has no 1, but 2");
    refuses("names: [[a]]", "a text belongs here");
    refuses("names: [a, '']", "a text is empty");
    refuses("names: [a,", "(line 1)");
    refuses("names: {0: {a: b}}", "a text belongs here");
    refuses("train: {a: b}", "a list belongs here");
    refuses("a: " + "[".repeat(100_000), "(line 1)");
  }

  @Test
  void followsNoAliases() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [lol, lol]\n");
    for (int i = 1; i < 40; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
    }
    assertThat(parse(bomb + "names: [x]\n").names()).containsExactly("x");
  }
}
