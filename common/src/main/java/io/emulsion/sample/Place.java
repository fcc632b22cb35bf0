package io.emulsion.sample;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a record stands: the {@code position}-th (from 0) of shard {@code shard} of view {@code
 * view}.
 */
public record Place(int view, int shard, int position) {
  private static final Pattern KEY = Pattern.compile("v(\\d{3,10})-(\\d{5,10})-(\\d{5,10})");

  /** The record's key, unique in the data set: {@code v000-00012-00345}. Holds no dot. */
  public String key() {
    StringBuilder key = new StringBuilder(16).append('v'); // a formatter takes microseconds
    append(key, view, 3);
    append(key.append('-'), shard, 5);
    append(key.append('-'), position, 5);
    return key.toString();
  }

  private static void append(StringBuilder key, int number, int digits) {
    String decimal = Integer.toString(number);
    for (int i = decimal.length(); i < digits; i++) {
      key.append('0');
    }
    key.append(decimal);
  }

  /**
   * The place whose {@link #key} is {@code key}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Place parse(String key) {
    Matcher match = KEY.matcher(key);
    if (match.matches()) {
      Place place =
          new Place((int) number(match, 1), (int) number(match, 2), (int) number(match, 3));
      if (place.key().equals(key)) { // no needless zero, and nothing that an int cannot hold
        return place;
      }
    }
    throw new IllegalArgumentException("No key of a record: '" + key + "'");
  }

  private static long number(Matcher match, int group) {
    return Long.parseLong(match.group(group));
  }
}
