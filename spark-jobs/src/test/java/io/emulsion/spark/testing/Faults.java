package io.emulsion.spark.testing;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The faults of this JVM's {@link FaultyFileSystem}, and the log of its calls. Faults come from the
 * test, or in a JVM of its own from a system property. Thread-safe.
 */
public final class Faults {
  /** Faults as {@link Fault#toString} writes them, separated by line breaks. */
  public static final String PROPERTY = "emulsion.faults";

  /**
   * A file that is made when a {@link Fault.Action#PAUSE} or {@link Fault.Action#HALT} begins. Of
   * JVMs with one mark only the first is struck.
   */
  public static final String MARK_PROPERTY = "emulsion.faults.mark";

  private static final List<String> CALLS = new ArrayList<>();
  private static volatile List<Fault> faults = fromProperty();
  private static volatile boolean reversed;
  private static volatile @Nullable Delay delay;

  private Faults() {}

  private static List<Fault> fromProperty() {
    return System.getProperty(PROPERTY, "").lines().map(Fault::parse).toList();
  }

  /** Forgets all faults and calls. */
  public static void clear() {
    faults = List.of();
    reversed = false;
    delay = null;
    synchronized (CALLS) {
      CALLS.clear();
    }
  }

  /** Forgets what was before, and expects {@code wanted} from now on. */
  public static void set(Fault... wanted) {
    clear();
    faults = List.of(wanted);
  }

  /** Gives each listing in reverse from now on. */
  public static void reverseListings() {
    reversed = true;
  }

  /** Makes each call that contains {@code calls} take so much longer from now on. */
  public static void slow(String calls, long millis) {
    delay = new Delay(Pattern.compile(calls, Pattern.DOTALL), millis);
  }

  /** How many slow calls were under way at the same time, at the most; since {@link #slow}. */
  public static int mostSlowAtOnce() {
    Delay known = delay;
    return known == null ? 0 : known.mostAtOnce.get();
  }

  /** Slow calls. Thread-safe. */
  private static final class Delay {
    private final Pattern calls;
    private final long millis;
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    Delay(Pattern calls, long millis) {
      this.calls = calls;
      this.millis = millis;
    }

    void before(String call) throws InterruptedIOException {
      if (!calls.matcher(call).find()) {
        return;
      }
      int now = atOnce.incrementAndGet();
      mostAtOnce.accumulateAndGet(now, Math::max);
      try {
        TimeUnit.MILLISECONDS.sleep(millis);
      } catch (InterruptedException e) {
        throw (InterruptedIOException) new InterruptedIOException("Slow: " + call).initCause(e);
      } finally {
        atOnce.decrementAndGet();
      }
    }
  }

  static boolean listingsAreReversed() {
    return reversed;
  }

  /** All calls since {@link #clear}, in the order in which they began. */
  public static List<String> calls() {
    synchronized (CALLS) {
      return new ArrayList<>(CALLS);
    }
  }

  /** Logs a call. Gives what is to happen to it; {@link Fault.Action#RUN} if all is well. */
  static Fault.Action enter(String call) throws IOException {
    synchronized (CALLS) {
      CALLS.add(call);
    }
    Delay known = delay;
    if (known != null) {
      known.before(call);
    }
    // All count the call, also those behind the one whose turn it is.
    List<Fault> due = faults.stream().filter(fault -> fault.isDue(call)).toList();
    for (Fault fault : due) {
      switch (fault.action()) {
        case FAIL -> throw new IOException("Failed on purpose: " + call);
        case HALT -> {
          if (mark()) {
            Runtime.getRuntime().halt(137);
          }
        }
        case PAUSE -> {
          if (mark()) {
            pause();
          }
        }
        case RUN -> fault.code().run();
        case FAIL_AFTER, REFUSE -> {
          return fault.action();
        }
      }
    }
    return Fault.Action.RUN;
  }

  /** Makes the file of {@link #MARK_PROPERTY}, if there is one; false where it was there before. */
  private static boolean mark() throws IOException {
    String mark = System.getProperty(MARK_PROPERTY);
    if (mark == null) {
      return true;
    }
    try {
      Files.createFile(Path.of(mark));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private static void pause() {
    try {
      TimeUnit.MINUTES.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
