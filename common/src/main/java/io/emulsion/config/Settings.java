package io.emulsion.config;

import static io.emulsion.error.Checks.option;

import io.emulsion.error.EmulsionException;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Settings by key, the last of a key winning, read as typed values or their defaults. All messages
 * start with the key; {@link #located} puts the place in front.
 */
final class Settings {
  private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]*)");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
  private static final Pattern SIZE = Pattern.compile("(0|[1-9][0-9]{0,12})([kKmMgG]?)");

  private final Map<ConfigKey, Setting> settings = new EnumMap<>(ConfigKey.class);

  Settings(List<Setting> ordered) {
    ordered.forEach(setting -> settings.put(setting.key(), setting));
  }

  /** What {@code reading} makes; an error about a key that was set begins with the place of it. */
  <T> T located(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (EmulsionException e) {
      String message = String.valueOf(e.getMessage());
      throw settings.values().stream()
          .filter(setting -> message.startsWith(setting.key() + " "))
          .findFirst()
          .map(setting -> EmulsionException.usage("%s: %s", setting.place(), message))
          .orElse(e);
    }
  }

  List<String> texts(ConfigKey key) {
    Setting setting = settings.get(key);
    if (setting == null) {
      return List.of(key.defaultText().orElseThrow(() -> missing(key)));
    }
    option(!setting.texts().isEmpty(), "%s has an empty list: name at least one", key);
    option(!setting.list() || key.takesList(), "%s must be one value, but is a list", key);
    return setting.texts();
  }

  String text(ConfigKey key) {
    return texts(key).get(0);
  }

  private static EmulsionException missing(ConfigKey key) {
    String shorthand = key == ConfigKey.INPUT_PATH ? "--input" : "--output";
    return EmulsionException.usage(
        "%s is missing: give %s DIR or set it in the configuration", key, shorthand);
  }

  int integer(ConfigKey key) {
    return integer(key, text(key));
  }

  /** The number that {@code text}, one of the values of {@code key}, stands for. */
  static int integer(ConfigKey key, String text) {
    long value = whole(key, text);
    option(value == (int) value, "%s is out of range: %s", key, value);
    return (int) value;
  }

  long whole(ConfigKey key) {
    return whole(key, text(key));
  }

  private static long whole(ConfigKey key, String text) {
    option(
        WHOLE.matcher(text).matches(),
        "%s must be a whole number, but is '%s'",
        key,
        Credentials.hidden(text));
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw EmulsionException.usage(
          "%s must fit 64 bits, but is %s", key, Credentials.hidden(text));
    }
  }

  double number(ConfigKey key) {
    return number(key, text(key));
  }

  /** The number that {@code text}, one of the values of {@code key}, stands for. */
  static double number(ConfigKey key, String text) {
    option(
        NUMBER.matcher(text).matches(),
        "%s must be a number, but is '%s'",
        key,
        Credentials.hidden(text));
    return Double.parseDouble(text) + 0.0; // -0 becomes 0
  }

  /** Bytes, from {@code 268435456} or {@code 256m}. */
  long bytes(ConfigKey key) {
    String text = text(key);
    Matcher size = SIZE.matcher(text);
    option(
        size.matches(),
        "%s must be bytes, or a number with k, m or g, but is '%s'",
        key,
        Credentials.hidden(text));
    int shift =
        switch (size.group(2).toLowerCase(Locale.ROOT)) {
          case "k" -> 10;
          case "m" -> 20;
          case "g" -> 30;
          default -> 0;
        };
    // At most 13 digits: shifted by 20 they fit, by 30 they need the check.
    long count = Long.parseLong(size.group(1));
    option(count <= Long.MAX_VALUE >> shift, "%s is out of range: %s", key, text);
    return count << shift;
  }

  boolean flag(ConfigKey key) {
    String text = text(key);
    option(
        text.equals("true") || text.equals("false"),
        "%s must be true or false (yes, no, on and off are text here), but is '%s'",
        key,
        Credentials.hidden(text));
    return text.equals("true");
  }

  /** The one of {@code allowed} that is set. */
  String choice(ConfigKey key, String... allowed) {
    return allowed(key, text(key), allowed);
  }

  /** Those of {@code allowed} that are set, each once. */
  List<String> choices(ConfigKey key, String... allowed) {
    List<String> texts = texts(key);
    for (String text : texts) {
      allowed(key, text, allowed);
      option(Collections.frequency(texts, text) == 1, "%s names %s twice", key, text);
    }
    return texts;
  }

  private static String allowed(ConfigKey key, String text, String... allowed) {
    option(
        Arrays.asList(allowed).contains(text),
        "%s must be %s, but is '%s'",
        key,
        String.join(" or ", allowed),
        Credentials.hidden(text));
    return text;
  }

  /** The constant of {@code type} whose name, in lower case with dashes, is set. */
  <E extends Enum<E>> E choice(ConfigKey key, Class<E> type) {
    String[] names =
        Arrays.stream(type.getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .toArray(String[]::new);
    String name = choice(key, names).replace('-', '_').toUpperCase(Locale.ROOT);
    return Enum.valueOf(type, name);
  }
}
