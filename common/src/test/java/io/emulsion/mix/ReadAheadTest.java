package io.emulsion.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.ImageReference;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadAheadTest {
  /** So many reads must be slow before any is made ahead. */
  private static final int PROOF = 4;

  private static final long ALWAYS_SLOW = -1;

  private final SlowReader slow = new SlowReader();
  private final Set<ReadAhead> open = ConcurrentHashMap.newKeySet();

  @AfterEach
  void close() {
    slow.openGate();
    open.forEach(ReadAhead::close);
    assertThat(slow.threads()).allMatch(thread -> thread == Thread.currentThread() || dead(thread));
  }

  private static boolean dead(Thread thread) {
    return !thread.isAlive();
  }

  private ReadAhead ahead(int inFlight, long slowNanos) {
    ReadAhead ahead = new ReadAhead(slow, inFlight, slowNanos);
    open.add(ahead);
    return ahead;
  }

  private static List<ImageReference> references(int count, long sizeBytes) {
    return IntStream.range(0, count)
        .mapToObj(i -> new ImageReference(new ImageId("a/" + i), 0, sizeBytes, 0, 0))
        .toList();
  }

  private static void readAll(ImageReader reader, List<ImageReference> references)
      throws IOException {
    for (ImageReference reference : references) {
      assertThat(reader.read(reference)).isEqualTo(reference.id().utf8());
    }
  }

  /** Waits until {@code count} reads have begun, and a little for one too many. */
  private void assertBegun(int count) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (slow.begun().size() < count && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    TimeUnit.MILLISECONDS.sleep(20);
    assertThat(slow.begun()).hasSize(count);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 16, 64, 256})
  void givesEachInputItsOwnBytesAndReadsItOnce(int inFlight) throws IOException {
    List<ImageReference> order = references(100, 10);
    ReadAhead ahead = ahead(inFlight, ALWAYS_SLOW);
    ahead.expect(order.iterator());
    readAll(ahead, order);
    assertThat(slow.begun())
        .containsExactlyInAnyOrderElementsOf(order.stream().map(ImageReference::id).toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 16, 64})
  void keepsAsManyReadsGoingAsItMay(int inFlight) throws IOException {
    slow.delayMillis(20);
    List<ImageReference> order = references(200, 10);
    ReadAhead ahead = ahead(inFlight, ReadAhead.SLOW_NANOS);
    ahead.expect(order.iterator());
    readAll(ahead, order);
    assertThat(slow.mostAtOnce()).isEqualTo(inFlight);
  }

  @Test
  void readsNothingAheadWhereReadsAreFast() throws IOException {
    List<ImageReference> order = references(500, 10);
    ReadAhead ahead = ahead(16, Long.MAX_VALUE);
    ahead.expect(order.iterator());
    readAll(ahead, order);
    assertThat(slow.threads()).containsExactly(Thread.currentThread());
    assertThat(slow.begun()).isEqualTo(order.stream().map(ImageReference::id).toList());
  }

  @Test
  void readsNothingAheadWhereNoneMayBeInFlightButTheOneAskedFor() throws IOException {
    slow.delayMillis(1);
    List<ImageReference> order = references(20, 10);
    ReadAhead ahead = ahead(1, ALWAYS_SLOW);
    ahead.expect(order.iterator());
    readAll(ahead, order);
    assertThat(slow.threads()).containsExactly(Thread.currentThread());
  }

  @Test
  void stopsReadingAheadWhenReadsAreFastAgain() throws IOException {
    slow.delayMillis(2);
    List<ImageReference> order = references(200, 10);
    ReadAhead ahead = ahead(4, TimeUnit.MILLISECONDS.toNanos(1));
    ahead.expect(order.iterator());
    readAll(ahead, order.subList(0, 50));
    assertThat(slow.threads()).hasSizeGreaterThan(1);
    slow.delayMillis(0);
    readAll(ahead, order.subList(50, 100));
    slow.forgetThreads();
    readAll(ahead, order.subList(100, 200));
    assertThat(slow.threads()).containsExactly(Thread.currentThread());
  }

  @Test
  void readsNoFurtherThanItsWindow() throws Exception {
    List<ImageReference> order = references(100, 10);
    ReadAhead ahead = ahead(8, ALWAYS_SLOW);
    ahead.expect(order.iterator());
    readAll(ahead, order.subList(0, PROOF + 10));
    assertBegun(PROOF + 10 + 8);
    assertThat(slow.begun())
        .containsExactlyInAnyOrderElementsOf(
            order.subList(0, PROOF + 10 + 8).stream().map(ImageReference::id).toList());
  }

  @Test
  void holdsNoMoreBytesThanItMay() throws Exception {
    List<ImageReference> order = references(100, ReadAhead.MOST_BYTES / 3);
    ReadAhead ahead = ahead(8, ALWAYS_SLOW);
    ahead.expect(order.iterator());
    readAll(ahead, order.subList(0, PROOF + 10));
    assertBegun(PROOF + 10 + 3);
    readAll(ahead, order.subList(PROOF + 10, 100));
  }

  @Test
  void readsOneAheadHoweverLargeItIs() throws Exception {
    List<ImageReference> order = references(20, 2 * ReadAhead.MOST_BYTES);
    ReadAhead ahead = ahead(8, ALWAYS_SLOW);
    ahead.expect(order.iterator());
    readAll(ahead, order.subList(0, PROOF + 5));
    assertBegun(PROOF + 5 + 1);
  }

  @Test
  void anythingMayBeAskedForOutOfTurnAndAgain() throws IOException {
    List<ImageReference> order = references(100, 10);
    List<ImageReference> shuffled = new ArrayList<>(order);
    Collections.rotate(shuffled, 37);
    Collections.swap(shuffled, 3, 90);
    ReadAhead ahead = ahead(8, ALWAYS_SLOW);
    ahead.expect(order.iterator());
    readAll(ahead, shuffled);
    assertThat(slow.begun()).as("each once").hasSize(100).doesNotHaveDuplicates();
    readAll(ahead, references(200, 10));
    assertThat(slow.begun()).hasSize(300);
  }

  @Test
  void whatWasExpectedBeforeIsForgotten() throws IOException {
    List<ImageReference> order = references(100, 10);
    ReadAhead ahead = ahead(8, ALWAYS_SLOW);
    ahead.expect(order.subList(0, 40).iterator());
    readAll(ahead, order.subList(0, 20));
    ahead.expect(order.subList(40, 100).iterator());
    readAll(ahead, order.subList(40, 100));
    assertThat(slow.begun()).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(88);
  }

  @Test
  void anErrorIsThrownAsItIsWhenItsInputIsAskedForAndNotBefore() throws Exception {
    List<ImageReference> order = references(30, 10);
    IOException lost = new IOException("disk says no");
    EmulsionException changed = EmulsionException.of(ExitCode.STORAGE, "INPUT_CHANGED: 'a/12'");
    Error fatal = new StackOverflowError("deep");
    slow.fail(order.get(10), lost);
    slow.fail(order.get(12), changed);
    slow.fail(order.get(14), fatal);
    ReadAhead ahead = ahead(8, ALWAYS_SLOW);
    ahead.expect(order.iterator());
    readAll(ahead, order.subList(0, 8));
    assertBegun(16);
    readAll(ahead, order.subList(8, 10));
    assertThatThrownBy(() -> ahead.read(order.get(10))).isSameAs(lost);
    readAll(ahead, order.subList(11, 12));
    assertThatThrownBy(() -> ahead.read(order.get(12))).isSameAs(changed);
    readAll(ahead, order.subList(13, 14));
    assertThatThrownBy(() -> ahead.read(order.get(14))).isSameAs(fatal);
    readAll(ahead, order.subList(15, 30));
  }

  @Test
  void anErrorOfWhatIsNeverAskedForIsNeverThrown() throws Exception {
    List<ImageReference> order = references(30, 10);
    slow.fail(order.get(10), new IOException("disk says no"));
    ReadAhead ahead = ahead(8, ALWAYS_SLOW);
    ahead.expect(order.iterator());
    readAll(ahead, order.subList(0, 10));
    assertBegun(18);
    readAll(ahead, order.subList(11, 30));
    ahead.close();
  }

  @Test
  void closingEndsReadsThatAreUnderWayAndBeginsNoOther() throws Exception {
    List<ImageReference> order = references(30, 10);
    ReadAhead ahead = ahead(8, ALWAYS_SLOW);
    ahead.expect(order.iterator());
    readAll(ahead, order.subList(0, PROOF));
    slow.shutGate();
    Thread asking = asking(ahead, order.get(PROOF), new AtomicReference<>());
    assertBegun(PROOF + 8);
    asking.interrupt();
    asking.join();
    ahead.close();
    assertThat(slow.threads())
        .filteredOn(thread -> thread != Thread.currentThread())
        .hasSize(8)
        .allMatch(ReadAheadTest::dead);
    assertThat(slow.interrupted()).isEqualTo(8);
    assertThat(slow.begun()).hasSize(PROOF + 8);
    ahead.close();
  }

  @Test
  void closingWaitsForAReadThatCannotBeInterrupted() throws Exception {
    List<ImageReference> order = references(30, 10);
    ReadAhead ahead = ahead(2, ALWAYS_SLOW);
    ahead.expect(order.iterator());
    slow.stubbornMillis(200);
    readAll(ahead, order.subList(0, PROOF + 1));
    Thread.currentThread().interrupt();
    ahead.close();
    assertThat(Thread.interrupted()).as("still interrupted").isTrue();
    assertThat(slow.threads())
        .filteredOn(thread -> thread != Thread.currentThread())
        .isNotEmpty()
        .allMatch(ReadAheadTest::dead);
  }

  @Test
  void whoIsInterruptedWaitsNoLonger() throws Exception {
    List<ImageReference> order = references(30, 10);
    ReadAhead ahead = ahead(8, ALWAYS_SLOW);
    ahead.expect(order.iterator());
    readAll(ahead, order.subList(0, PROOF));
    slow.shutGate();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread asking = asking(ahead, order.get(PROOF), thrown);
    assertBegun(PROOF + 8);
    asking.interrupt();
    asking.join();
    assertThat(thrown.get())
        .isInstanceOf(InterruptedIOException.class)
        .hasMessage("Interrupted while reading");
  }

  private static Thread asking(
      ReadAhead ahead, ImageReference reference, AtomicReference<Throwable> thrown) {
    Thread thread =
        new Thread(
            () -> {
              try {
                ahead.read(reference);
              } catch (IOException e) {
                thrown.set(e);
              }
            });
    thread.start();
    return thread;
  }

  /**
   * An input's bytes are its id; what is slow about reading them is up to the test. Thread-safe.
   */
  private static final class SlowReader implements ImageReader {
    private final List<ImageId> begun = new ArrayList<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final ConcurrentHashMap<ImageId, Throwable> failing = new ConcurrentHashMap<>();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile long delayMillis;
    private volatile long stubbornMillis;
    private int atOnce;
    private int mostAtOnce;
    private int interrupted;

    void delayMillis(long millis) {
      delayMillis = millis;
    }

    void stubbornMillis(long millis) {
      stubbornMillis = millis;
    }

    void fail(ImageReference reference, Throwable error) {
      failing.put(reference.id(), error);
    }

    /** No read ends from now on. */
    void shutGate() {
      gate = new CountDownLatch(1);
    }

    void openGate() {
      gate.countDown();
    }

    synchronized List<ImageId> begun() {
      return List.copyOf(begun);
    }

    synchronized int mostAtOnce() {
      return mostAtOnce;
    }

    synchronized int interrupted() {
      return interrupted;
    }

    Set<Thread> threads() {
      return threads;
    }

    void forgetThreads() {
      threads.clear();
    }

    @Override
    public byte[] read(ImageReference reference) throws IOException {
      synchronized (this) {
        begun.add(reference.id());
        threads.add(Thread.currentThread());
        mostAtOnce = Math.max(mostAtOnce, ++atOnce);
      }
      try {
        beSlow();
        throwIfFailing(reference.id());
        return reference.id().utf8();
      } catch (InterruptedException e) {
        synchronized (this) {
          interrupted++;
        }
        throw (IOException) new InterruptedIOException("interrupted").initCause(e);
      } finally {
        synchronized (this) {
          atOnce--;
        }
      }
    }

    private void beSlow() throws InterruptedException {
      if (delayMillis > 0) {
        TimeUnit.MILLISECONDS.sleep(delayMillis);
      }
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(stubbornMillis);
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      gate.await();
    }

    private void throwIfFailing(ImageId id) throws IOException {
      Throwable error = failing.get(id);
      if (error instanceof IOException io) {
        throw io;
      }
      if (error instanceof RuntimeException runtime) {
        throw runtime;
      }
      if (error instanceof Error fatal) {
        throw fatal;
      }
    }
  }
}
