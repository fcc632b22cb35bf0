package io.emulsion.codec;

import io.emulsion.codec.BadImageException.Reason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Set;

/**
 * Walks through the markers of one JPEG up to its end-of-image marker, skipping junk between them
 * as libjpeg does. Bytes behind that marker are free: cameras append second pictures there.
 *
 * <p>ITU-T T.81, annex B.
 */
final class JpegWalk {
  private static final int MAX_SCANS = 100;

  /** Baseline, extended and progressive; the last two coded arithmetically too. */
  private static final Set<Integer> PROCESSES = Set.of(0xC0, 0xC1, 0xC2, 0xC9, 0xCA);

  private static final int DHT = 0xC4;
  private static final int DAC = 0xCC;
  private static final int SOI = 0xD8;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int DQT = 0xDB;
  private static final int DNL = 0xDC;
  private static final int DRI = 0xDD;
  private static final int APP1 = 0xE1;
  private static final int COM = 0xFE;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final long maxPixels;
  private int position = 2;
  private int height;
  private int width;
  private int components;
  private int scans;
  private int orientation = ExifOrientation.NONE;

  JpegWalk(byte[] bytes, long maxPixels) {
    this.bytes = bytes;
    this.maxPixels = maxPixels;
  }

  static boolean isJpeg(byte[] bytes) {
    return bytes.length >= 3
        && bytes[0] == (byte) 0xFF
        && bytes[1] == (byte) SOI
        && bytes[2] == (byte) 0xFF;
  }

  ImageHeader header() throws BadImageException {
    for (int marker = nextMarker(); marker != EOI; marker = nextMarker()) {
      read(marker);
    }
    if (scans == 0) {
      throw corrupt("Ends without a scan");
    }
    return new ImageHeader(ImageFormat.JPEG, height, width, Math.max(1, orientation));
  }

  private void read(int marker) throws BadImageException {
    if (marker == SOI) {
      throw corrupt("Begins again");
    } else if (marker == SOS) {
      readScan();
    } else if (marker == DHT || marker == DAC) {
      segmentEnd();
    } else if (marker >= 0xC0 && marker <= 0xCF) {
      readFrame(marker);
    } else if (marker == APP1) {
      readExif();
    } else if (marker == DQT || marker == DNL || marker == DRI || marker == COM || isApp(marker)) {
      segmentEnd();
    }
    // Restart markers have no content, and of reserved ones nobody knows: the decoder's business.
  }

  private static boolean isApp(int marker) {
    return marker >= 0xE0 && marker <= 0xEF;
  }

  private void readScan() throws BadImageException {
    if (components == 0) {
      throw corrupt("Scan without a frame");
    }
    segmentEnd();
    scans++;
    if (scans > MAX_SCANS) {
      throw new BadImageException(
          Reason.TOO_COMPLEX, "More than " + MAX_SCANS + " scans, by byte " + position);
    }
  }

  private void readFrame(int marker) throws BadImageException {
    int start = position;
    if (components != 0) {
      throw corrupt("Second frame");
    }
    if (!PROCESSES.contains(marker)) {
      throw unsupported("coding process SOF" + (marker - 0xC0));
    }
    int end = segmentEnd();
    if (end - start < 8 || end - start != 8 + 3 * unsigned(start + 7)) {
      throw corrupt("Frame header of " + (end - start) + " bytes");
    }
    if (unsigned(start + 2) != 8) {
      throw unsupported(unsigned(start + 2) + " bits a sample");
    }
    height = unsigned16(start + 3);
    width = unsigned16(start + 5);
    components = unsigned(start + 7);
    if (height == 0) {
      throw unsupported("height defined behind the first scan");
    }
    if (components != 1 && components != 3 && components != 4) {
      throw unsupported(components + " components");
    }
    ImageHeader.checkSize(height, width, maxPixels);
  }

  private void readExif() throws BadImageException {
    int start = position + 2;
    int end = segmentEnd();
    if (orientation == ExifOrientation.NONE) {
      orientation = ExifOrientation.of(bytes, start, end);
    }
  }

  /** Steps over the segment whose length field is at {@link #position}, and tells where it ends. */
  private int segmentEnd() throws BadImageException {
    if (position + 2 > bytes.length) {
      throw truncated();
    }
    int length = unsigned16(position);
    if (length < 2) {
      throw corrupt("Segment length " + length);
    }
    if (length > bytes.length - position) {
      throw truncated();
    }
    position += length;
    return position;
  }

  /** Steps behind the next marker and tells its code; entropy-coded data holds none. */
  private int nextMarker() throws BadImageException {
    while (true) {
      int at = nextFf(position) + 1;
      while (at < bytes.length && bytes[at] == (byte) 0xFF) {
        at++;
      }
      if (at >= bytes.length) {
        throw truncated();
      }
      position = at + 1;
      if (bytes[at] != 0) {
        return bytes[at] & 0xFF;
      }
    }
  }

  /** Index of the first 0xFF from {@code from}, or the length; eight bytes at a time. */
  private int nextFf(int from) {
    int at = from;
    for (; at <= bytes.length - 8; at += 8) {
      long word = (long) LONGS.get(bytes, at);
      long found = (~word - 0x0101010101010101L) & word & 0x8080808080808080L;
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (at < bytes.length && bytes[at] != (byte) 0xFF) {
      at++;
    }
    return at;
  }

  private int unsigned(int at) {
    return bytes[at] & 0xFF;
  }

  private int unsigned16(int at) {
    return unsigned(at) << 8 | unsigned(at + 1);
  }

  private BadImageException corrupt(String what) {
    return new BadImageException(Reason.CORRUPT, what + " at byte " + position);
  }

  private BadImageException truncated() {
    return new BadImageException(
        Reason.TRUNCATED, "JPEG ends early, at byte " + bytes.length + ", without an end marker");
  }

  private static BadImageException unsupported(String what) {
    return new BadImageException(Reason.UNSUPPORTED_FORMAT, "JPEG that is not read: " + what);
  }
}
