package io.emulsion.spark.testing;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
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

  /**
   * A file that is made when a {@link Fault.Action#PAUSE} or {@link Fault.Action#HALT} begins. Of
   * JVMs with one mark only the first is struck.
   */
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
