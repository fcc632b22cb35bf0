package io.emulsion.codec;

import io.emulsion.error.OneLine;

/**
 * The bytes of an image, read whole, that cannot be used. Never an I/O error: the same bytes are
 * bad again at every attempt.
 */
public final class BadImageException extends Exception {
  private static final long serialVersionUID = 1;

  /** Why an image cannot be used. */
  public enum Reason {
    /** No bytes at all. */
    EMPTY,
    /** Neither JPEG nor PNG, or a kind of them that is not read. */
    UNSUPPORTED_FORMAT,
    /** More pixels, a longer side or more bytes than allowed. */
    TOO_LARGE,
    /** Ends before its end. */
    TRUNCATED,
    /** Damaged. */
    CORRUPT,
    /** Costs far more to decode than its pixels: a thousand scans, say. */
    TOO_COMPLEX,
    /** Has another size than its annotation states, so its boxes cannot be trusted. */
    SIZE_DIFFERS
  }

  private final Reason reason;

  /**
   * @param message what is wrong, with byte offsets where known; without the file's name
   */
  public BadImageException(Reason reason, String message) {
    super(OneLine.of(message));
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
