package io.emulsion.spark.sink;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the finished tasks of a run have made so far, for the driver to look at while the write goes
 * on. Thread-safe.
 */
public final class WriteProgress {
  private static final Map<String, WriteProgress> RUNS = new ConcurrentHashMap<>();

  private final AtomicLong records = new AtomicLong();
  private final AtomicLong bad = new AtomicLong();

  private WriteProgress() {}

  /** The progress of {@code run} in this driver. */
  public static WriteProgress of(RunFolder run) {
    return RUNS.computeIfAbsent(run.token(), token -> new WriteProgress());
  }

  /** Forgets a run that has ended. */
  public static void remove(RunFolder run) {
    RUNS.remove(run.token());
  }

  void add(ShardCommitMessage message) {
    records.addAndGet(message.records());
    if (message.pass() == 0) {
      bad.addAndGet(message.bad());
    }
  }

  /** Samples written. */
  public long records() {
    return records.get();
  }

  /** Bad inputs found, counted in pass 0. */
  public long bad() {
    return bad.get();
  }
}
