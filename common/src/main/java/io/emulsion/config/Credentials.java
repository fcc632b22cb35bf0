package io.emulsion.config;

import java.util.regex.Pattern;

/** Recognises user names and keys in paths, which must reach no message, log or file. */
final class Credentials {
  private static final int LONGEST_QUOTE = 200;

  /**
   * {@code s3a://key:secret@bucket}. A secret may hold slashes, but {@code hdfs://host:8020/a@b}
   * has none; Azure's {@code abfss://container@account} has one only if there is a colon.
   */
  private static final Pattern USER_INFO =
      Pattern.compile(
          "://[^/@:\\[]*:(?!\\d*(?:/|$)).*@|(?<!\\b(?:abfss?|wasbs?))://[^/@]*@", Pattern.DOTALL);

  private Credentials() {}

  static boolean in(String path) {
    return USER_INFO.matcher(path).find();
  }

  /** {@code text} as a message may show it: without credentials and not too long. */
  static String hidden(String text) {
    String safe = USER_INFO.matcher(text).replaceAll("://***@");
    return safe.length() <= LONGEST_QUOTE ? safe : safe.substring(0, LONGEST_QUOTE) + "...";
  }
}
