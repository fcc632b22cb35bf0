package io.emulsion.codec;

import io.emulsion.codec.BadImageException.Reason;
import io.emulsion.error.EmulsionException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Finds damage inside a JPEG that OpenCV fills in without a word: libjpeg only warns of it, and of
 * the decoders at hand only the JDK's own passes the warnings on. It decodes the whole picture a
 * second time, and keeps one pixel in 16 x 16.
 *
 * <p>Which damage libjpeg notices, and that junk between segments counts as damage, depends on the
 * libjpeg that this Java was built with: use one Java on a whole cluster.
 */
public final class StrictJpeg {
  /** By name: another reader on the class path would warn of other things. */
  private static final String JDK_READER = "com.sun.imageio.plugins.jpeg.JPEGImageReaderSpi";

  private static final int KEPT_STEP = 16;

  private StrictJpeg() {}

  /**
   * Decodes a JPEG that {@link ImageHeader#check} has passed.
   *
   * @throws BadImageException if the decoder warns of anything; the message says of what
   * @throws EmulsionException (usage) if this Java has no JPEG reader of its own
   */
  public static void check(byte[] jpeg) throws BadImageException {
    List<String> warnings = new ArrayList<>();
    ImageReader reader = jdkReader();
    try (MemoryCacheImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
      reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
      reader.setInput(stream, true, true);
      ImageReadParam kept = reader.getDefaultReadParam();
      kept.setSourceSubsampling(KEPT_STEP, KEPT_STEP, 0, 0);
      reader.readRaster(0, kept); // not read(): colours need not be converted, and CMYK cannot be
    } catch (IOException e) {
      throw new BadImageException(Reason.CORRUPT, "Read strictly: " + e.getMessage());
    } finally {
      reader.dispose();
    }
    if (!warnings.isEmpty()) {
      throw new BadImageException(Reason.CORRUPT, "Read strictly: " + warnings.get(0));
    }
  }

  static ImageReader jdkReader() {
    Iterator<ImageReaderSpi> providers =
        IIORegistry.getDefaultInstance()
            .getServiceProviders(
                ImageReaderSpi.class,
                provider -> provider.getClass().getName().equals(JDK_READER),
                false);
    if (!providers.hasNext()) {
      throw EmulsionException.usage(
          "input.strict needs %s, which this Java lacks: set it to false", JDK_READER);
    }
    try {
      return providers.next().createReaderInstance();
    } catch (IOException e) {
      throw new IllegalStateException(JDK_READER + " makes no reader", e);
    }
  }
}
