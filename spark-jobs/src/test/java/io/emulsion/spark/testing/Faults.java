package io.emulsion.spark.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The faults of this JVM's {@link FaultyFileSystem}, and the log of its calls. Faults come from the
 * test, or in a JVM of its own from a system property. Thread-safe.
 */
public final class Faults {
  /** Faults as {@link Fault#toString} writes them, separated by line breaks. */
  public static final String PROPERTY = "emulsion.faults";

  /** A file that is made when a {@link Fault.Action#PAUSE} begins. */
  public static final String MARK_PROPERTY = "emulsion.faults.mark";

  private static final List<String> CALLS = new ArrayList<>();
  private static volatile List<Fault> faults = fromProperty();
  private static volatile boolean reversed;

  private Faults() {}

  private static List<Fault> fromProperty() {
    return System.getProperty(PROPERTY, "").lines().map(Fault::parse).toList();
  }

  /** Forgets all faults and calls. */
  public static void clear() {
    faults = List.of();
    reversed = false;
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
    // All count the call, also those behind the one whose turn it is.
    List<Fault> due = faults.stream().filter(fault -> fault.isDue(call)).toList();
    for (Fault fault : due) {
      switch (fault.action()) {
        case FAIL -> throw new IOException("Failed on purpose: " + call);
        case HALT -> Runtime.getRuntime().halt(137);
        case PAUSE -> pause();
        case RUN -> fault.code().run();
        case FAIL_AFTER, REFUSE -> {
          return fault.action();
        }
      }
    }
    return Fault.Action.RUN;
  }

  private static void pause() {
    try {
      Files.createFile(Path.of(System.getProperty(MARK_PROPERTY, "")));
      TimeUnit.MINUTES.sleep(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
