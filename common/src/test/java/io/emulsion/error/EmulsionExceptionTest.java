package io.emulsion.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EmulsionExceptionTest {
  @Test
  void usageIsExitCodeTwo() {
    EmulsionException usage = EmulsionException.usage("no '%s'", "x");
    assertThat(usage).hasMessage("no 'x'").hasNoCause();
    assertThat(usage.exitCode().number()).isEqualTo(2);
  }

  @Test
  void theMessageStaysOnOneLine() {
    assertThat(EmulsionException.of(ExitCode.STORAGE, "no %s", "a\nb")).hasMessage("no a\\nb");
  }

  @Test
  void keepsItsCause() {
    IOException cause = new IOException("disk");
    EmulsionException failed = EmulsionException.of(ExitCode.STORAGE, cause, "cannot %s", "write");
    assertThat(failed).hasMessage("cannot write").hasCause(cause);
    assertThat(failed.exitCode()).isEqualTo(ExitCode.STORAGE);
  }

  @Test
  void aCheckThrowsOnlyWhereItDoesNotHold() {
    assertThatCode(() -> Checks.option(true, "fine")).doesNotThrowAnyException();
    assertThatThrownBy(() -> Checks.option(false, "mix.views is %s", 0))
        .isInstanceOf(EmulsionException.class)
        .hasMessage("mix.views is 0");
  }

  /** Schedulers act on these numbers. */
  @Test
  void exitCodesAreZeroToSeven() {
    assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::number))
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
  }
}
