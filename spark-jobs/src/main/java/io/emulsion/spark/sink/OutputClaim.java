package io.emulsion.spark.sink;

import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import io.emulsion.shard.Claim;
import io.emulsion.shard.ClaimParser;
import io.emulsion.shard.DataSetPaths;
import io.emulsion.spark.store.Store;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ShutdownHookManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right of one run to write to an output. Two runs never both hold it: each first writes its
 * claim and then looks for others, so of two that come at once at least one sees the other. One
 * that sees a claim that is held gives way; of two that are not held yet, the one with the larger
 * token does. Any file system will do whose listings are up to date. Thread-safe.
 */
public final class OutputClaim implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OutputClaim.class);

  /** Spark has stopped by then, and Hadoop's file systems have not. */
  private static final int HOOK_PRIORITY = FileSystem.SHUTDOWN_HOOK_PRIORITY + 5;

  /** Those of this JVM by their tokens. */
  private static final Map<String, OutputClaim> HELD = new ConcurrentHashMap<>();

  /**
   * @param beat how often a claim is written again
   * @param deadAfter how long one does not move whose run is dead
   */
  record Pace(Duration beat, Duration deadAfter) {
    static final Pace DEFAULT = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(10));
  }

  private final Store output;
  private final String path;
  private final Pace pace;
  private final OtherClaims others;
  private final ScheduledThreadPoolExecutor heart =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "emulsion-claim");
            thread.setDaemon(true);
            return thread;
          });
  private final Runnable hook = this::close;
  private @Nullable ScheduledFuture<?> beating;
  private Claim claim;
  private volatile boolean lost;
  private volatile boolean closed;

  private OutputClaim(Store output, String token, Pace pace) {
    this.output = output;
    this.path = DataSetPaths.claim(token);
    this.pace = pace;
    this.others = new OtherClaims(output, token, pace.deadAfter());
    this.claim =
        new Claim(
            token,
            false,
            ThisProcess.holder(),
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
            0,
            List.of());
  }

  /**
   * Claims the output, however long it takes to find out whether another claim is a dead one's.
   *
   * @param token of the run
   * @param progress gets a line if that takes some seconds
   * @throws EmulsionException (output conflict) if another run has claimed it
   */
  public static OutputClaim take(Store output, String token, Consumer<String> progress)
      throws IOException {
    return take(output, token, progress, Pace.DEFAULT);
  }

  static OutputClaim take(Store output, String token, Consumer<String> progress, Pace pace)
      throws IOException {
    OutputClaim claim = new OutputClaim(output, token, pace);
    HELD.put(token, claim);
    try {
      claim.start();
      claim.hold(progress);
      return claim;
    } catch (IOException | RuntimeException e) {
      claim.giveUp(e);
      throw e;
    }
  }

  /** What fails here too, as where nothing can be written, is told by {@code cause}. */
  private void giveUp(Exception cause) {
    end();
    try {
      output.delete(path);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /** Whether the run {@code token} is one of this JVM and has not ended. */
  static boolean isOfThisProcess(String token) {
    return HELD.containsKey(token);
  }

  /** The claim of {@code run}, which this JVM must have taken. */
  static OutputClaim of(RunFolder run) {
    OutputClaim claim = HELD.get(run.token());
    if (claim == null) {
      throw new IllegalStateException("Run " + run.token() + " has claimed nothing");
    }
    return claim;
  }

  private synchronized void start() throws IOException {
    ShutdownHookManager.get().addShutdownHook(hook, HOOK_PRIORITY);
    output.write(path, ClaimParser.toJson(claim));
    heart.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    beating =
        heart.scheduleWithFixedDelay(
            this::beat, pace.beat().toMillis(), pace.beat().toMillis(), TimeUnit.MILLISECONDS);
  }

  private synchronized void beat() {
    if (closed || lost) {
      return;
    }
    try {
      write(claim.beat());
    } catch (IOException e) {
      LOG.warn("Cannot write {}", output.path(path), e); // others see, after a while, that it rests
    }
  }

  /** Not where it was taken away: the run that did so must not see it again. */
  private void write(Claim next) throws IOException {
    if (!output.exists(path)) {
      lost = true;
      return;
    }
    output.write(path, ClaimParser.toJson(next));
    claim = next;
  }

  private void hold(Consumer<String> progress) throws IOException {
    long started = System.nanoTime();
    boolean told = false;
    List<String> dead = new ArrayList<>();
    OtherClaims.Other unsettled = findUnsettled(dead);
    while (unsettled != null) {
      Duration waited = Duration.ofNanos(System.nanoTime() - started);
      if (waited.compareTo(pace.deadAfter().multipliedBy(2)) > 0) {
        throw claimed(unsettled);
      }
      if (!told && waited.compareTo(pace.beat().multipliedBy(2)) > 0) {
        told = true;
        progress.accept(
            "emulsion: "
                + output.display()
                + " is claimed by "
                + holder(unsettled)
                + ": watching for up to "
                + pace.deadAfter().multipliedBy(2).toSeconds()
                + " s whether that run is alive");
      }
      rest();
      unsettled = findUnsettled(dead);
    }
    synchronized (this) {
      write(claim.hold(dead));
    }
    check();
  }

  /** Takes the claims of dead runs away; gives one that is to be watched on, if there is one. */
  private OtherClaims.@Nullable Other findUnsettled(List<String> dead) throws IOException {
    OtherClaims.Other unsettled = null;
    for (OtherClaims.Other other : others.look()) {
      switch (other.state()) {
        case DEAD -> {
          dead.add(other.token());
          output.delete(DataSetPaths.claim(other.token()));
        }
        case ALIVE -> {
          Claim theirs = other.claim();
          if (theirs != null && (theirs.held() || theirs.token().compareTo(claim.token()) < 0)) {
            throw claimed(other);
          }
          unsettled = other;
        }
        case UNKNOWN -> unsettled = other;
      }
    }
    return unsettled;
  }

  private void rest() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(pace.beat().toMillis() / 4);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException)
          new InterruptedIOException("Interrupted while claiming " + output.display()).initCause(e);
    }
  }

  private EmulsionException claimed(OtherClaims.Other other) {
    return EmulsionException.of(
        ExitCode.OUTPUT_CONFLICT,
        "%s is being written by another run (%s): wait until it has ended, or choose another"
            + " --output. If that run is dead, its claim does not move, and the same command takes"
            + " over",
        output.display(),
        holder(other));
  }

  private static String holder(OtherClaims.Other other) {
    Claim theirs = other.claim();
    return theirs == null ? "run " + other.token() : theirs.process() + " since " + theirs.since();
  }

  /**
   * Checks that this run still holds its claim; called before whatever others can see.
   *
   * @throws EmulsionException (output conflict) if another run took this one for dead
   */
  void check() throws IOException {
    if (closed) {
      throw new IOException("The run that writes to " + output.display() + " is being stopped");
    }
    Claim successor = others.successor();
    if (successor != null || lost || !output.exists(path)) {
      throw EmulsionException.of(
          ExitCode.OUTPUT_CONFLICT,
          "%s was taken over by another run (%s), since the claim of this one had not moved for"
              + " some time: run the same command again when that one has ended",
          output.display(),
          successor == null ? "it has ended since" : successor.process().toString());
    }
  }

  /** Gives the claim up. If its file stays, the next run finds out that nobody holds it. */
  @Override
  public void close() {
    if (!end()) {
      return;
    }
    try {
      output.delete(path);
    } catch (IOException e) {
      LOG.warn("Cannot remove {}", output.path(path), e);
    }
  }

  /** Stops the heart; false if that was done before. */
  private boolean end() {
    synchronized (this) {
      if (closed) {
        return false;
      }
      closed = true;
    }
    if (beating != null) {
      beating.cancel(false);
    }
    heart.shutdownNow();
    HELD.remove(claim.token());
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
    return true;
  }
}
