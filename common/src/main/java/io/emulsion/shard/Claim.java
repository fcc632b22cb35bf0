package io.emulsion.shard;

import java.util.List;

/**
 * Says that a run writes to an output folder. Its run writes it again and again, each time with
 * another number of beats, so that whoever watches it sees that the run lives. Immutable.
 *
 * @param token of the run
 * @param held false while the run still looks for other claims; then it may yet give way
 * @param process that writes it
 * @param since when the run began, for people: ISO 8601 in UTC
 * @param beats how often it was written
 * @param over tokens of the runs that were found dead and whose claims were taken away
 */
public record Claim(
    String token, boolean held, Holder process, String since, long beats, List<String> over) {
  /**
   * A process on some machine.
   *
   * @param host its name, for people
   * @param place tells machines and containers apart, as process numbers mean something in one of
   *     them only; empty where it is not known
   * @param pid its number there
   * @param started when it began, as that place counts time: two processes of one number differ
   */
  public record Holder(String host, String place, long pid, long started) {
    @Override
    public String toString() {
      return "process " + pid + " on " + host;
    }
  }

  public Claim {
    over = List.copyOf(over);
  }

  /** The same, written once more. */
  public Claim beat() {
    return new Claim(token, held, process, since, beats + 1, over);
  }

  /** The same as a claim that is held, once those of dead runs are taken away. */
  public Claim hold(List<String> dead) {
    return new Claim(token, true, process, since, beats + 1, dead);
  }
}
