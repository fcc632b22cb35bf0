package io.emulsion.codec;

import io.emulsion.sample.Background;
import io.emulsion.sample.Image;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.ShortPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Lays a PNG with transparency over one colour: {@code (value * alpha + background * (255 - alpha))
 * / 255}, rounded to the nearest; no quotient by 255 lies half way. Of 16 bits the upper 8 count,
 * of values as of alpha.
 */
final class PngAlpha {
  private final Mat decoded;
  private final int background;
  private final int greyKey;
  private final int channels;
  private final int shift;

  /**
   * @param decoded as OpenCV decodes with IMREAD_UNCHANGED: grey, BGR or BGRA, of 8 or 16 bits
   * @param greyKey the grey level that is transparent, before any shift; -1 for none
   */
  PngAlpha(Mat decoded, int greyKey, Background background) {
    this.decoded = decoded;
    this.background = background.level();
    this.greyKey = greyKey;
    this.channels = decoded.channels();
    this.shift = decoded.depth() == opencv_core.CV_16U ? 8 : 0;
  }

  Image overBackground() {
    byte[] rgb = Image.allocate(decoded.rows(), decoded.cols());
    int[] row = new int[decoded.cols() * channels];
    int at = 0;
    for (int y = 0; y < decoded.rows(); y++) {
      read(y, row);
      for (int from = 0; from < row.length; from += channels, at += 3) {
        write(row, from, rgb, at);
      }
    }
    return new Image(decoded.rows(), decoded.cols(), rgb);
  }

  private void read(int y, int[] row) {
    try (BytePointer pixels = decoded.ptr(y)) {
      if (shift == 0) {
        byte[] bytes = new byte[row.length];
        pixels.get(bytes);
        for (int i = 0; i < row.length; i++) {
          row[i] = bytes[i] & 0xFF;
        }
      } else {
        short[] values = new short[row.length];
        new ShortPointer(pixels).get(values);
        for (int i = 0; i < row.length; i++) {
          row[i] = values[i] & 0xFFFF;
        }
      }
    }
  }

  private void write(int[] row, int from, byte[] rgb, int at) {
    if (channels == 1) {
      int level = row[from] == greyKey ? background : row[from] >> shift;
      rgb[at] = rgb[at + 1] = rgb[at + 2] = (byte) level;
      return;
    }
    int alpha = channels == 4 ? row[from + 3] >> shift : 255;
    for (int channel = 0; channel < 3; channel++) {
      int level = row[from + 2 - channel] >> shift;
      rgb[at + channel] = (byte) ((2 * (level * alpha + background * (255 - alpha)) + 255) / 510);
    }
  }
}
