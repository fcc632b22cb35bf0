package io.emulsion.natives;

import io.emulsion.sample.Image;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * An image in native memory, where OpenCV works on it: {@code uint8} RGB, {@code [height, width,
 * 3]}, row by row without gaps. The memory is used again for the next image. Not thread-safe.
 */
public final class NativePixels implements AutoCloseable {
  private final NativeRoom room = new NativeRoom();
  private Mat mat = new Mat();

  /** Empty; a first image makes the room. {@link OpenCv#load} comes before. */
  public NativePixels() {}

  /** Makes room for an image, whose pixels are anything at first. */
  public void reshape(int height, int width) {
    if (height != height() || width != width()) {
      mat.close();
      mat = room.mat(height, width, opencv_core.CV_8U, 3);
    }
  }

  /** Copies an image in. */
  public void put(Image image) {
    reshape(image.height(), image.width());
    mat.data().put(image.rgb(), 0, image.sizeBytes());
  }

  /** Copies the pixels out. */
  public byte[] toBytes() {
    byte[] rgb = new byte[Math.multiplyExact(Math.multiplyExact(height(), width()), 3)];
    mat.data().get(rgb);
    return rgb;
  }

  public int height() {
    return mat.rows();
  }

  public int width() {
    return mat.cols();
  }

  /** Stays this object's to close; good until {@link #reshape}. */
  public Mat mat() {
    return mat;
  }

  @Override
  public void close() {
    mat.close();
    room.close();
  }
}
