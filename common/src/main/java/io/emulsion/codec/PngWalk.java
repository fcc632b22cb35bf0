package io.emulsion.codec;

import io.emulsion.codec.BadImageException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Walks through the chunks of one PNG up to IEND and checks each one's CRC. Bytes behind IEND are
 * free. PNG specification, third edition, section 5.
 */
final class PngWalk {
  private static final long SIGNATURE = 0x89504E470D0A1A0AL;
  private static final int SIGNATURE_BYTES = 8;

  /** Length, type and CRC of a chunk. */
  private static final int FRAMING_BYTES = 12;

  private static final int IHDR = 0x49484452;
  private static final int PLTE = 0x504C5445;
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454E44;
  private static final int TRNS = 0x74524E53;

  /** Colour type without palette, colour and alpha. */
  private static final int GREY = 0;

  private static final int ALPHA_BIT = 4;

  private final ByteBuffer buffer;
  private final long maxPixels;
  private final CRC32 crc = new CRC32();

  PngWalk(byte[] bytes, long maxPixels) {
    this.buffer = ByteBuffer.wrap(bytes);
    this.maxPixels = maxPixels;
  }

  static boolean isPng(byte[] bytes) {
    return bytes.length >= SIGNATURE_BYTES && ByteBuffer.wrap(bytes).getLong() == SIGNATURE;
  }

  ImageHeader header() throws BadImageException {
    int start = SIGNATURE_BYTES;
    checkChunk(start);
    ImageHeader header = readHeader(start);
    PngText text = new PngText();
    boolean data = false;
    while (typeAt(start) != IEND) {
      start = endOf(start);
      checkChunk(start);
      data |= typeAt(start) == IDAT;
      text.check(nameAt(start), buffer.array(), start + 8, endOf(start) - 4);
    }
    if (!data) {
      throw corrupt("No IDAT chunk before IEND", start);
    }
    return header;
  }

  private ImageHeader readHeader(int start) throws BadImageException {
    if (typeAt(start) != IHDR || buffer.getInt(start) != 13) {
      throw corrupt("No IHDR chunk of 13 bytes", start);
    }
    int content = start + 8;
    long width = Integer.toUnsignedLong(buffer.getInt(content));
    long height = Integer.toUnsignedLong(buffer.getInt(content + 4));
    ImageHeader.checkSize(height, width, maxPixels);
    return new ImageHeader(ImageFormat.PNG, (int) height, (int) width, 1);
  }

  private void checkChunk(int start) throws BadImageException {
    int left = buffer.limit() - start;
    if (left < FRAMING_BYTES) {
      throw truncated();
    }
    int length = buffer.getInt(start);
    if (length < 0) {
      throw corrupt("Chunk length " + Integer.toUnsignedString(length), start);
    }
    if (length > left - FRAMING_BYTES) {
      throw truncated();
    }
    crc.reset();
    crc.update(buffer.array(), start + 4, length + 4);
    if ((int) crc.getValue() != buffer.getInt(start + 8 + length)) {
      throw corrupt("Wrong CRC of chunk " + nameAt(start), start);
    }
  }

  /**
   * A copy of a checked file with the chunks that make the picture, and no others: no animation, no
   * colour profile, no compressed text, whose parsers have been open to attack.
   */
  static byte[] essence(byte[] bytes) {
    PngWalk walk = new PngWalk(bytes, 0);
    ByteBuffer kept = ByteBuffer.allocate(bytes.length).putLong(SIGNATURE);
    int start = SIGNATURE_BYTES;
    while (true) {
      int type = walk.typeAt(start);
      int end = walk.endOf(start);
      if (type == IHDR || type == PLTE || type == TRNS || type == IDAT || type == IEND) {
        kept.put(bytes, start, end - start);
      }
      if (type == IEND) {
        return Arrays.copyOf(kept.array(), kept.position());
      }
      start = end;
    }
  }

  /**
   * Whether a checked file has anything to do with transparency: an alpha channel or a tRNS chunk.
   */
  static boolean isTransparent(byte[] bytes) {
    return hasAlpha(bytes) || transparency(bytes) >= 0;
  }

  /** Bits a sample, as a checked file's header says. */
  static int bits(byte[] bytes) {
    return bytes[SIGNATURE_BYTES + 16];
  }

  /**
   * The level of a grey picture that is transparent, stretched to 8 bits as decoders do where there
   * are fewer; -1 for none and for pictures that are not grey.
   */
  static int greyKey(byte[] bytes) {
    int chunk = transparency(bytes);
    PngWalk walk = new PngWalk(bytes, 0);
    if (colourType(bytes) != GREY || chunk < 0 || walk.buffer.getInt(chunk) != 2) {
      return -1;
    }
    int most = (1 << bits(bytes)) - 1;
    int key = walk.buffer.getShort(chunk + 8) & most;
    return bits(bytes) < 8 ? key * 255 / most : key;
  }

  /** Whether each pixel of a checked file has its own alpha. */
  private static boolean hasAlpha(byte[] bytes) {
    return (colourType(bytes) & ALPHA_BIT) != 0;
  }

  private static int colourType(byte[] bytes) {
    return bytes[SIGNATURE_BYTES + 17];
  }

  /** Where the first tRNS chunk of a checked file starts; -1 if there is none. */
  private static int transparency(byte[] bytes) {
    PngWalk walk = new PngWalk(bytes, 0);
    int start = SIGNATURE_BYTES;
    while (walk.typeAt(start) != IEND) {
      if (walk.typeAt(start) == TRNS) {
        return start;
      }
      start = walk.endOf(start);
    }
    return -1;
  }

  private int typeAt(int start) {
    return buffer.getInt(start + 4);
  }

  private int endOf(int start) {
    return start + FRAMING_BYTES + buffer.getInt(start);
  }

  private String nameAt(int start) {
    return new String(buffer.array(), start + 4, 4, StandardCharsets.ISO_8859_1);
  }

  private static BadImageException corrupt(String what, int at) {
    return new BadImageException(Reason.CORRUPT, what + " at byte " + at);
  }

  private BadImageException truncated() {
    return new BadImageException(
        Reason.TRUNCATED, "PNG ends early, at byte " + buffer.limit() + ", without an IEND chunk");
  }
}
