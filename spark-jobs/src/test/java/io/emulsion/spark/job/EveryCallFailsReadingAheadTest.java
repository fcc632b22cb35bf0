package io.emulsion.spark.job;

/** The same where inputs are read ahead, so that which call is the nth differs between runs. */
class EveryCallFailsReadingAheadTest extends EveryCallFailsTest {
  @Override
  int stride() {
    return 11;
  }

  @Override
  long openMillis() {
    return 1;
  }
}
