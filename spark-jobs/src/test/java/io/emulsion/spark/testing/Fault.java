package io.emulsion.spark.testing;

import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * What {@link FaultyFileSystem} does at some of its calls. A call is written as {@code rename
 * /data/a}; reads, writes and the closing of streams are calls too. Thread-safe.
 */
public final class Fault {
  /** What happens instead of the call, or beside it. */
  public enum Action {
    /** The call does nothing and throws. */
    FAIL,
    /** The call is carried out, and throws all the same. */
    FAIL_AFTER,
    /** A rename or delete does nothing and returns false. */
    REFUSE,
    /** The JVM ends as by SIGKILL, before the call. */
    HALT,
    /** Tells {@link Faults#MARK_PROPERTY}'s file that the call was reached, and waits a minute. */
    PAUSE,
    /** Runs a piece of the test, then the call. */
    RUN
  }

  private final Action action;
  private final long nth;
  private final Pattern calls;
  private final Runnable code;
  private final AtomicLong seen = new AtomicLong();

  private Fault(Action action, long nth, String calls, Runnable code) {
    this.action = action;
    this.nth = nth;
    this.calls = Pattern.compile(calls, Pattern.DOTALL);
    this.code = code;
  }

  /**
   * @param nth of the calls that match, from 1
   * @param calls pattern that a call must contain
   */
  public static Fault of(Action action, long nth, String calls) {
    return new Fault(action, nth, calls, () -> {});
  }

  /** Runs {@code code} before the {@code nth} call that contains {@code calls}. */
  public static Fault run(long nth, String calls, Runnable code) {
    return new Fault(Action.RUN, nth, calls, code);
  }

  /** What {@link #toString} wrote: {@code HALT@2@rename .*}. */
  static Fault parse(String text) {
    String[] parts = text.split("@", 3);
    return of(Action.valueOf(parts[0]), Long.parseLong(parts[1]), parts[2]);
  }

  @Override
  public String toString() {
    return action + "@" + nth + "@" + calls;
  }

  /** Counts the call if it matches; says whether the fault's turn has come. */
  boolean isDue(String call) {
    return calls.matcher(call).find() && seen.incrementAndGet() == nth;
  }

  /** Whether the fault's turn has come so far. */
  public boolean struck() {
    return seen.get() >= nth;
  }

  Action action() {
    return action;
  }

  Runnable code() {
    return code;
  }
}
