package io.emulsion.spark.job;

import io.emulsion.spark.sink.RunFolder;
import io.emulsion.spark.sink.WriteJob;
import io.emulsion.spark.sink.WriteProgress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * The progress line of a write, and the end of one that has met too many bad inputs: tasks know
 * their own only, this sees those of all finished ones.
 */
final class Progress implements AutoCloseable {
  private static final int TERMINAL_SECONDS = 1;
  private static final int LOG_SECONDS = 30;

  private final JavaSparkContext spark;
  private final RunFolder run;
  private final WriteJob job;
  private final PrintWriter err;

  /** Whether lines may be overwritten; the launcher knows. */
  private final boolean terminal = "1".equals(System.getenv("EMULSION_TERMINAL"));

  private final long started = System.nanoTime();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "emulsion-progress");
            thread.setDaemon(true);
            return thread;
          });
  private @Nullable ScheduledFuture<?> ticking;
  private long lastRecords;
  private long ticks;

  Progress(JavaSparkContext spark, RunFolder run, WriteJob job, PrintWriter err) {
    this.spark = spark;
    this.run = run;
    this.job = job;
    this.err = err;
  }

  void start() {
    ticking =
        clock.scheduleAtFixedRate(this::tick, TERMINAL_SECONDS, TERMINAL_SECONDS, TimeUnit.SECONDS);
  }

  private void tick() {
    WriteProgress progress = run.progress();
    if (job.limit().isExceededBy(progress.bad())) {
      spark.cancelAllJobs();
    }
    ticks++;
    long records = progress.records();
    if (records != lastRecords && (terminal || ticks % LOG_SECONDS == 0)) {
      lastRecords = records;
      err.print((terminal ? "\r" : "") + line(records, progress.bad()) + (terminal ? "" : "\n"));
      err.flush();
    }
  }

  private String line(long records, long bad) {
    long all = job.inputs() * job.newViews();
    double seconds = (System.nanoTime() - started) / 1e9;
    double rate = records / seconds;
    long left = Math.round((all - records) / Math.max(rate, 1e-9));
    return String.format(
        Locale.ROOT,
        "mix: %,d of %,d samples, %,.0f a second, %,d bad inputs, %d:%02d to go   ",
        records,
        all,
        rate,
        bad,
        left / 60,
        left % 60);
  }

  @Override
  public void close() {
    if (ticking != null) {
      ticking.cancel(false);
    }
    clock.shutdownNow();
    if (terminal && lastRecords > 0) {
      err.print("\r" + " ".repeat(100) + "\r");
      err.flush();
    }
  }
}
