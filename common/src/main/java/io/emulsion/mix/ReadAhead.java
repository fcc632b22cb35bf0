package io.emulsion.mix;

import io.emulsion.sample.ImageId;
import io.emulsion.sample.ImageReference;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is expected before it is asked for, several inputs at once, as long as reads take
 * time. What is asked for out of turn is read then. An error is thrown to whoever asks for the
 * input that has it. Not thread-safe, but the reader below must be.
 */
public final class ReadAhead implements ImageReader, AutoCloseable {
  /** Of inputs that were not asked for yet; a single one may be larger. */
  static final long MOST_BYTES = 64L << 20;

  /** A file in the page cache takes a fifth of it, which is also what handing it over takes. */
  static final long SLOW_NANOS = 300_000;

  /** Half of them must be slow: fewer are when classes are loaded or garbage is collected. */
  private static final int RECENT_READS = 8;

  private static final long LONGEST_CLOSE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private record Started(long sizeBytes, Future<byte[]> read) {}

  private final ImageReader reader;
  private final int inFlight;
  private final long slowNanos;

  /** What was not asked for yet. */
  private final Map<ImageId, Started> started = new HashMap<>();

  private long startedBytes;

  /** Read out of turn: {@link #order} may still name them. */
  private final Set<ImageId> early = new HashSet<>();

  private Iterator<ImageReference> order = Collections.emptyIterator();

  /** Taken from {@link #order}. */
  private @Nullable ImageReference next;

  /** A bit for each of the last reads, set where it was slow. */
  private final AtomicInteger recentSlow = new AtomicInteger();

  private @Nullable ExecutorService pool;
  private final List<Thread> threads = new ArrayList<>();

  /**
   * @param reader is asked by several threads at once
   * @param inFlight how many inputs are read ahead; 1 for none
   */
  public ReadAhead(ImageReader reader, int inFlight) {
    this(reader, inFlight, SLOW_NANOS);
  }

  /**
   * @param slowNanos what a read must take for reading ahead to be worth it
   */
  ReadAhead(ImageReader reader, int inFlight, long slowNanos) {
    this.reader = reader;
    this.inFlight = inFlight;
    this.slowNanos = slowNanos;
  }

  @Override
  public void expect(Iterator<ImageReference> newOrder) {
    started.values().forEach(ahead -> ahead.read().cancel(true));
    started.clear();
    startedBytes = 0;
    early.clear();
    next = null;
    order = newOrder;
  }

  /**
   * {@inheritDoc}
   *
   * @throws InterruptedIOException if the thread is interrupted, as it stays
   */
  @Override
  public byte[] read(ImageReference reference) throws IOException {
    if (inFlight == 1) {
      return reader.read(reference);
    }
    startReads();
    Started ahead = started.remove(reference.id());
    if (ahead == null) {
      early.add(reference.id());
      return timed(reference);
    }
    startedBytes -= ahead.sizeBytes();
    byte[] bytes = await(ahead.read());
    startReads();
    return bytes;
  }

  private void startReads() {
    if (Integer.bitCount(recentSlow.get()) < RECENT_READS / 2) {
      return;
    }
    while (started.size() < inFlight) {
      ImageReference reference = peek();
      if (reference == null || (!started.isEmpty() && !fits(reference))) {
        return;
      }
      next = null;
      started.put(reference.id(), new Started(reference.sizeBytes(), start(reference)));
      startedBytes += reference.sizeBytes();
    }
  }

  private boolean fits(ImageReference reference) {
    return startedBytes + reference.sizeBytes() <= MOST_BYTES;
  }

  /** The next expected input that was not read yet; null after the last. */
  private @Nullable ImageReference peek() {
    while (next == null || early.remove(next.id())) {
      if (!order.hasNext()) {
        next = null;
        return null;
      }
      next = order.next();
    }
    return next;
  }

  private Future<byte[]> start(ImageReference reference) {
    if (pool == null) {
      pool = Executors.newFixedThreadPool(inFlight, this::thread);
    }
    return pool.submit(() -> timed(reference));
  }

  private Thread thread(Runnable reads) {
    Thread thread = new Thread(reads, "emulsion-read-ahead");
    thread.setDaemon(true);
    threads.add(thread);
    return thread;
  }

  /** Also called by the threads of {@link #pool}. */
  private byte[] timed(ImageReference reference) throws IOException {
    long begun = System.nanoTime();
    byte[] bytes = reader.read(reference);
    int slow = System.nanoTime() - begun > slowNanos ? 1 : 0;
    recentSlow.updateAndGet(recent -> (recent << 1 | slow) & ((1 << RECENT_READS) - 1));
    return bytes;
  }

  private static byte[] await(Future<byte[]> read) throws IOException {
    try {
      return read.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("Interrupted while reading").initCause(e);
    } catch (ExecutionException e) {
      throw original(e);
    }
  }

  /** What the reader threw, to be thrown; IOException is all that it throws checked. */
  private static IOException original(ExecutionException thrown) {
    Throwable cause = thrown.getCause();
    if (cause instanceof IOException io) {
      return io;
    }
    if (cause instanceof RuntimeException runtime) {
      throw runtime;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    throw new IllegalStateException(thrown);
  }

  /**
   * Gives up what was not asked for, and waits until no thread reads any more; at most half a
   * minute, if a storage does not let itself be interrupted.
   */
  @Override
  public void close() {
    expect(Collections.emptyIterator());
    if (pool == null) {
      return;
    }
    pool.shutdownNow();
    boolean interrupted = Thread.interrupted();
    long end = System.nanoTime() + LONGEST_CLOSE_NANOS;
    while (threads.stream().anyMatch(Thread::isAlive) && System.nanoTime() < end) {
      try {
        for (Thread thread : threads) {
          TimeUnit.NANOSECONDS.timedJoin(thread, end - System.nanoTime());
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
