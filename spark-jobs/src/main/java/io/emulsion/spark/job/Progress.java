package io.emulsion.spark.job;

import io.emulsion.spark.sink.RunFolder;
import io.emulsion.spark.sink.WriteJob;
import io.emulsion.spark.sink.WriteProgress;
import java.io.PrintWriter;
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
  private static final int TICK_SECONDS = 1;
  private static final int LINE_CHARACTERS = 100;

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
  private final LogPace pace = new LogPace();
  private @Nullable ScheduledFuture<?> ticking;
  private boolean printed;

  Progress(JavaSparkContext spark, RunFolder run, WriteJob job, PrintWriter err) {
    this.spark = spark;
    this.run = run;
    this.job = job;
    this.err = err;
  }

  void start() {
    ticking = clock.scheduleAtFixedRate(this::tick, TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
  }

  private void tick() {
    WriteProgress progress = run.progress();
    if (job.limit().isExceededBy(progress.bad())) {
      spark.cancelAllJobs();
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    if (terminal || pace.isDue(seconds)) {
      int views = job.newViews();
      long all = job.inputs() * views;
      print(new ProgressLine(progress.records(), all, progress.bad(), views, seconds).text());
    }
  }

  private synchronized void print(String line) {
    if (ticking == null || ticking.isCancelled()) {
      return;
    }
    err.print(terminal ? "\r" + padded(line) : line + "\n");
    err.flush();
    printed = true;
  }

  /** Long enough to cover the line before. */
  private static String padded(String line) {
    return line + " ".repeat(Math.max(0, LINE_CHARACTERS - line.length()));
  }

  @Override
  public synchronized void close() {
    if (ticking != null) {
      ticking.cancel(false);
    }
    clock.shutdownNow();
    if (terminal && printed) {
      err.print("\r" + padded("") + "\r");
      err.flush();
    }
  }
}
