package io.emulsion.kernel;

import io.emulsion.blend.MixupBlender;
import io.emulsion.canvas.AugmentOptions;
import io.emulsion.canvas.Canvas;
import io.emulsion.canvas.CanvasOptions;
import io.emulsion.canvas.CanvasOptions.Filter;
import io.emulsion.canvas.CanvasOptions.Fit;
import io.emulsion.codec.BadImageException;
import io.emulsion.codec.ImageFormat;
import io.emulsion.codec.ImageHeader;
import io.emulsion.codec.OpenCvCodec;
import io.emulsion.lambda.Lambda;
import io.emulsion.natives.NativePixels;
import io.emulsion.sample.Background;
import io.emulsion.sample.Image;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.MixedSample;
import io.emulsion.sample.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The JPEG photos below the folder that the system property {@code emulsion.photos} names, as each
 * step finds them: file, header, decoded, resized, mixed, encoded. One call of a benchmark takes
 * one photo, the next call the next.
 */
@State(Scope.Thread)
public class Photos {
  static final int SIZE = 224;
  static final int QUALITY = 90;
  static final Lambda LAMBDA = new Lambda(19_661);
  private static final int MOST = 256;

  final OpenCvCodec codec = new OpenCvCodec();
  final MixupBlender blender = new MixupBlender();
  final Canvas area = canvas(Filter.AREA);
  final Canvas bilinear = canvas(Filter.BILINEAR);
  final List<ImageId> ids = new ArrayList<>();
  final List<byte[]> files = new ArrayList<>();
  final List<ImageHeader> headers = new ArrayList<>();
  final List<Image> decoded = new ArrayList<>();
  final List<Image> resized = new ArrayList<>();
  final List<NativePixels> mixed = new ArrayList<>();
  final List<MixedSample> samples = new ArrayList<>();
  private int calls;

  private static Canvas canvas(Filter filter) {
    return new Canvas(
        new CanvasOptions(SIZE, SIZE, Fit.STRETCH, filter, Background.BLACK, AugmentOptions.NONE));
  }

  @Setup
  public void read() throws IOException, BadImageException {
    Path folder = Path.of(System.getProperty("emulsion.photos", "."));
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path :
          paths.filter(p -> p.toString().matches("(?i).*\\.jpe?g")).sorted().limit(MOST).toList()) {
        ids.add(new ImageId(folder.relativize(path).toString()));
        files.add(Files.readAllBytes(path));
      }
    }
    if (files.isEmpty()) {
      throw new IllegalArgumentException("No JPEG photos below " + folder);
    }
    for (int i = 0; i < files.size(); i++) {
      prepare(i);
    }
    for (int i = 0; i < files.size(); i++) {
      mix(i);
    }
  }

  private void prepare(int i) throws BadImageException {
    ImageHeader header = ImageHeader.check(files.get(i), ImageHeader.DEFAULT_MAX_PIXELS);
    Image image =
        codec.decode(files.get(i), header, area.denominator(header.height(), header.width()));
    headers.add(header);
    decoded.add(image);
    resized.add(area.prepare(image, header.height(), header.width()));
  }

  private void mix(int i) {
    Image partner = resized.get((i + 1) % resized.size());
    byte[] pixels = blender.blend(resized.get(i), partner, LAMBDA).mixed().toBytes();
    NativePixels image = new NativePixels();
    image.put(new Image(SIZE, SIZE, pixels));
    mixed.add(image);
    ImageId partnerId = ids.get((i + 1) % ids.size());
    samples.add(
        new MixedSample(
            new Place(0, 0, i),
            codec.encode(image, ImageFormat.JPEG, QUALITY),
            SIZE,
            SIZE,
            0,
            1,
            LAMBDA.value(),
            ids.get(i),
            partnerId,
            new float[0]));
  }

  /** The number of the photo that the next call takes. */
  int next() {
    return calls++ % files.size();
  }

  @TearDown
  public void close() {
    mixed.forEach(NativePixels::close);
    blender.close();
    codec.close();
  }
}
