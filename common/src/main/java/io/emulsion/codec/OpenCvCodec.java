package io.emulsion.codec;

import io.emulsion.codec.BadImageException.Reason;
import io.emulsion.error.EmulsionException;
import io.emulsion.natives.NativePixels;
import io.emulsion.natives.NativeRoom;
import io.emulsion.natives.OpenCv;
import io.emulsion.sample.Background;
import io.emulsion.sample.Image;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/** Decodes and encodes with OpenCV: libjpeg-turbo and libpng. */
public final class OpenCvCodec implements ImageCodec {
  private static final int DECODE_FLAGS =
      opencv_imgcodecs.IMREAD_COLOR_RGB | opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;

  private static final int PNG_LEVEL = 1;

  private final NativeRoom encoded = new NativeRoom();
  private final NativeRoom decoded = new NativeRoom();
  private final NativePixels bgr;

  /**
   * @throws EmulsionException if OpenCV cannot be loaded, or the environment opens its unsafe
   *     decoders
   */
  public OpenCvCodec() {
    OpenCv.load();
    bgr = new NativePixels();
  }

  @Override
  public Image decode(byte[] bytes, ImageHeader header, int denominator, Background background)
      throws BadImageException {
    int flags = DECODE_FLAGS | reduction(denominator);
    boolean png = header.format() == ImageFormat.PNG;
    if (png && denominator != 1) {
      throw new IllegalArgumentException("A PNG cannot be decoded at 1/" + denominator);
    }
    byte[] picture = png ? PngWalk.essence(bytes) : bytes;
    if (png && PngWalk.isTransparent(picture)) {
      return transparent(picture, header, background);
    }
    int height = (header.height() + denominator - 1) / denominator;
    int width = (header.width() + denominator - 1) / denominator;
    // Outside of try: running out of memory is not to look like a damaged image.
    Mat target = decoded.mat(height, width, opencv_core.CV_8U, 3);
    try (target;
        Mat source = copied(picture);
        Mat result = opencv_imgcodecs.imdecode(source, flags, target)) {
      checkSize(result, height, width);
      return lent(result, target);
    } catch (RuntimeException e) { // what JavaCPP makes of a C++ exception
      throw undecodable(e);
    }
  }

  /** OpenCV drops alpha unless the picture is left as it is, with its depth and in BGR. */
  private Image transparent(byte[] png, ImageHeader header, Background background)
      throws BadImageException {
    int depth = PngWalk.bits(png) == 16 ? opencv_core.CV_16U : opencv_core.CV_8U;
    Mat target = decoded.mat(header.height(), header.width(), depth, 4);
    try (target;
        Mat source = copied(png);
        Mat result = opencv_imgcodecs.imdecode(source, opencv_imgcodecs.IMREAD_UNCHANGED, target)) {
      checkSize(result, header.height(), header.width());
      return new PngAlpha(result, PngWalk.greyKey(png), background).overBackground();
    } catch (RuntimeException e) { // what JavaCPP makes of a C++ exception
      throw undecodable(e);
    }
  }

  private static BadImageException undecodable(RuntimeException e) {
    return new BadImageException(Reason.CORRUPT, "Cannot be decoded: " + reasonOf(e));
  }

  /**
   * The bit that shrinks; IMREAD_COLOR_RGB has the last word on colours. The flags named
   * IMREAD_REDUCED_COLOR hold a bit for BGR beside it, which OpenCV refuses together with RGB.
   */
  private static int reduction(int denominator) {
    return switch (denominator) {
      case 1 -> 0;
      case 2 -> opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_2;
      case 4 -> opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_4;
      case 8 -> opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_8;
      default -> throw new IllegalArgumentException("Denominator " + denominator);
    };
  }

  private Mat copied(byte[] bytes) {
    Mat mat = encoded.mat(1, bytes.length, opencv_core.CV_8U, 1);
    mat.data().put(bytes, 0, bytes.length);
    return mat;
  }

  /** OpenCV's message without the place in its source. */
  private static String reasonOf(RuntimeException e) {
    String message = String.valueOf(e.getMessage());
    return message.substring(Math.max(0, message.indexOf("error: ")));
  }

  private static void checkSize(Mat mat, int height, int width) throws BadImageException {
    if (mat.empty()) {
      throw new BadImageException(Reason.CORRUPT, "Cannot be decoded: damaged inside");
    }
    if (mat.rows() != height || mat.cols() != width) {
      throw new BadImageException(
          Reason.CORRUPT,
          String.format(
              "Decodes to %d x %d pixels, not %d x %d", mat.rows(), mat.cols(), height, width));
    }
  }

  private Image lent(Mat mat, Mat target) {
    if (mat.type() != target.type() || mat.data().address() != target.data().address()) {
      throw new IllegalStateException("OpenCV made a Mat of type " + mat.type() + " of its own");
    }
    return Image.lent(mat.rows(), mat.cols(), decoded.buffer());
  }

  @Override
  public byte[] encode(NativePixels image, ImageFormat format, int quality) {
    bgr.reshape(image.height(), image.width());
    opencv_imgproc.cvtColor(image.mat(), bgr.mat(), opencv_imgproc.COLOR_RGB2BGR);
    try (IntPointer parameters = parameters(format, quality);
        BytePointer buffer = new BytePointer()) {
      String extension = format == ImageFormat.JPEG ? ".jpg" : ".png";
      if (!opencv_imgcodecs.imencode(extension, bgr.mat(), buffer, parameters)) {
        throw new IllegalStateException(
            "OpenCV cannot encode " + image.height() + " x " + image.width() + " as " + extension);
      }
      byte[] bytes = new byte[Math.toIntExact(buffer.limit())];
      buffer.get(bytes);
      return bytes;
    }
  }

  private static IntPointer parameters(ImageFormat format, int quality) {
    return switch (format) {
      case JPEG ->
          new IntPointer(
              opencv_imgcodecs.IMWRITE_JPEG_QUALITY,
              quality,
              opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR,
              opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR_420);
      case PNG -> new IntPointer(opencv_imgcodecs.IMWRITE_PNG_COMPRESSION, PNG_LEVEL);
    };
  }

  @Override
  public void close() {
    decoded.close();
    bgr.close();
    encoded.close();
  }
}
