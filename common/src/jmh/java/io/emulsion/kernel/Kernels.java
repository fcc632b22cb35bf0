package io.emulsion.kernel;

import io.emulsion.blend.Blend;
import io.emulsion.codec.BadImageException;
import io.emulsion.codec.ImageFormat;
import io.emulsion.codec.ImageHeader;
import io.emulsion.lambda.Lambda;
import io.emulsion.lambda.LambdaDraws;
import io.emulsion.lambda.LambdaOptions;
import io.emulsion.lambda.LambdaOptions.Law;
import io.emulsion.natives.NativePixels;
import io.emulsion.random.ImageKey;
import io.emulsion.random.Purpose;
import io.emulsion.sample.Background;
import io.emulsion.sample.Image;
import io.emulsion.shard.ShardContext;
import io.emulsion.shard.ShardWriter;
import io.emulsion.shard.tfrecord.TfRecordFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Microseconds that each step takes for one photo, averaged over all photos. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 2, jvmArgsAppend = "-Xmx1g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class Kernels {
  private final LambdaDraws draws =
      new LambdaDraws(0, new LambdaOptions(Law.BETA, 0.2, 0.2, 0, 1, 0.5, false));
  private final ShardWriter tfRecords =
      new TfRecordFormat()
          .writer(
              OutputStream.nullOutputStream(),
              new ShardContext(List.of("first", "partner"), "jpeg", 0, false));

  @Benchmark
  public ImageHeader header(Photos photos) throws BadImageException {
    return ImageHeader.check(photos.files.get(photos.next()), ImageHeader.DEFAULT_MAX_PIXELS);
  }

  /** With the DCT scaling that the resize leaves room for. */
  @Benchmark
  public Image decode(Photos photos) throws BadImageException {
    int i = photos.next();
    ImageHeader header = photos.headers.get(i);
    int denominator = photos.area.denominator(header.height(), header.width());
    return photos.codec.decode(photos.files.get(i), header, denominator, Background.BLACK);
  }

  @Benchmark
  public Image resizeArea(Photos photos) {
    int i = photos.next();
    ImageHeader header = photos.headers.get(i);
    return photos.area.prepare(photos.decoded.get(i), header.height(), header.width());
  }

  @Benchmark
  public Image resizeBilinear(Photos photos) {
    int i = photos.next();
    ImageHeader header = photos.headers.get(i);
    return photos.bilinear.prepare(photos.decoded.get(i), header.height(), header.width());
  }

  /** In ring order: the partner is the next call's first. */
  @Benchmark
  public Blend<NativePixels> blend(Photos photos) {
    int i = photos.next();
    Image partner = photos.resized.get((i + 1) % photos.resized.size());
    return photos.blender.blend(photos.resized.get(i), partner, Photos.LAMBDA);
  }

  @Benchmark
  public byte[] encodeJpeg(Photos photos) {
    return photos.codec.encode(photos.mixed.get(photos.next()), ImageFormat.JPEG, Photos.QUALITY);
  }

  @Benchmark
  public byte[] encodePng(Photos photos) {
    return photos.codec.encode(photos.mixed.get(photos.next()), ImageFormat.PNG, Photos.QUALITY);
  }

  /** A record with its two checksums; the bytes go nowhere. */
  @Benchmark
  public void tfRecord(Photos photos) throws IOException {
    tfRecords.write(photos.samples.get(photos.next()));
  }

  @Benchmark
  public ImageKey key(Photos photos) {
    return ImageKey.of(0, Purpose.RANK, 0, photos.ids.get(photos.next()));
  }

  /** Key, generator and Beta(0.2, 0.2). */
  @Benchmark
  public Lambda draw(Photos photos) {
    return draws.lambda(0, photos.ids.get(photos.next()));
  }
}
