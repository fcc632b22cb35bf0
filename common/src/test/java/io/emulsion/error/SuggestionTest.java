package io.emulsion.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
  private static final List<String> COMMANDS = List.of("mix", "plan", "verify", "demo");

  @ParameterizedTest
  @CsvSource({
    "verfiy, verify", // swapped
    "verfy, verify", // dropped
    "veriify, verify", // added
    "verifi, verify", // replaced
    "mxi, mix",
    "pln, plan"
  })
  void findsTheWordThatWasMeant(String word, String meant) {
    assertThat(Suggestion.of(word, COMMANDS)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"mxxi, mix", "'', mix", "abc, mix", "vrfi, verify", "verify-datasets, verify"})
  void staysSilentWhenTheNearestIsFar(String word, String other) {
    assertThat(Suggestion.of(word, List.of(other))).isEmpty();
  }

  @Test
  void allowsThreeEditsInALongWordButNotFour() {
    assertThat(Suggestion.of("mix.views-per-pa", List.of("mix.views-per-pass"))).isPresent();
    assertThat(Suggestion.of("mix.views-per-", List.of("mix.views-per-pass"))).isEmpty();
    assertThat(Suggestion.of("mox.veews-per-poss", List.of("mix.views-per-pass"))).isPresent();
    assertThat(Suggestion.of("mox.veews-pur-poss", List.of("mix.views-per-pass"))).isEmpty();
  }

  @Test
  void prefersTheNearestThenTheFirst() {
    assertThat(Suggestion.of("planes", List.of("plank", "planets"))).contains("planets");
    assertThat(Suggestion.of("planes", List.of("plants", "planets"))).contains("plants");
  }

  @Test
  void answersAtOnceForAVeryLongWord() {
    assertThat(Suggestion.of("m".repeat(1 << 20), COMMANDS)).isEmpty();
  }
}
