package io.emulsion.sample;

import java.util.Locale;
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
    return String.format(Locale.ROOT, "v%03d-%05d-%05d", view, shard, position);
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
