package io.emulsion.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {
  @Test
  void namesViewShardAndPosition() {
    assertThat(new Place(0, 12, 345).key()).isEqualTo("v000-00012-00345");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "3, 99999, 4095",
    "999, 100000, 123456",
    "1000, 2147483647, 1",
    "2147483647, 5, 2147483647"
  })
  void parsesItsOwnKeys(int view, int shard, int position) {
    Place place = new Place(view, shard, position);
    assertThat(Place.parse(place.key())).isEqualTo(place);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v00-00012-00345",
        "v000-00012",
        "v000-00012-345",
        "v0000-00012-00345",
        "v000-000012-00345",
        "v000-00012-2147483648",
        "v000-00012-99999999999",
        "v000-00012-00345 ",
        "V000-00012-00345",
        "v000-00012-0034\u0665",
        "v000--0012-00345"
      })
  void refusesWhatIsNoKey(String text) {
    assertThatThrownBy(() -> Place.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("No key of a record: '" + text + "'");
  }
}
