package io.emulsion.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emulsion.blend.TensorOptions;
import io.emulsion.canvas.AugmentOptions;
import io.emulsion.canvas.CanvasOptions;
import io.emulsion.canvas.CanvasOptions.Filter;
import io.emulsion.canvas.CanvasOptions.Fit;
import io.emulsion.codec.BadImageException.Reason;
import io.emulsion.codec.Encoding;
import io.emulsion.codec.EncodingOptions;
import io.emulsion.codec.ImageFormat;
import io.emulsion.codec.ImageHeader;
import io.emulsion.codec.OpenCvCodec;
import io.emulsion.error.EmulsionException;
import io.emulsion.label.LabelOptions;
import io.emulsion.label.LabelOptions.Soft;
import io.emulsion.lambda.LambdaOptions;
import io.emulsion.lambda.LambdaOptions.Law;
import io.emulsion.natives.TestPixels;
import io.emulsion.pairing.PairingOptions;
import io.emulsion.pairing.PartnerOptions;
import io.emulsion.pairing.PartnerOptions.Choice;
import io.emulsion.pairing.PartnerOptions.Scope;
import io.emulsion.sample.Annotation;
import io.emulsion.sample.Background;
import io.emulsion.sample.Box;
import io.emulsion.sample.Image;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.ImageReference;
import io.emulsion.sample.MixedBox;
import io.emulsion.sample.MixedSample;
import io.emulsion.sample.RunLengths;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Shards of images of 30 sizes with 0 to 3 boxes each, mixed as detection mixes them. */
class DetectionShardTest {
  private static final int IMAGES = 30;
  private static final long ALL = 1 << 30;
  private static final LambdaOptions BETA = lambda(Law.BETA, 0, 1);

  private final OpenCvCodec codec = new OpenCvCodec();
  private final Map<ImageId, Image> images = new HashMap<>();
  private final Map<ImageId, byte[]> files = new HashMap<>();
  private final List<ImageReference> references = new ArrayList<>();
  private final List<ImageId> reads = new ArrayList<>();
  private final List<BadInput> bad = new ArrayList<>();
  private Fit fit = Fit.NONE;
  private boolean flip;
  private LambdaOptions lambda = BETA;
  private double probability = 1;
  private int unmixedViews;
  private long maxPixels = 100_000;
  private Encoding encoding = Encoding.PNG;

  @AfterEach
  void close() {
    codec.close();
  }

  @BeforeEach
  void draw() {
    Random random = new Random(1);
    for (int i = 0; i < IMAGES; i++) {
      int height = 5 + random.nextInt(30);
      int width = 5 + random.nextInt(30);
      List<Box> boxes = new ArrayList<>();
      for (int j = 0; j < i % 4; j++) {
        double x = random.nextInt(width - 2);
        double y = random.nextInt(height - 2);
        RunLengths mask =
            j == 2 ? new RunLengths(height, width, new int[] {3, height * width - 3}) : null;
        boxes.add(new Box(x, y, x + 2, y + 1, i, j == 1 ? 0.5 : 1, j == 2, false, 2, mask));
      }
      add("image " + i, height, width, new Annotation(boxes, false, height, width));
    }
  }

  private void add(String name, int height, int width, Annotation annotation) {
    byte[] rgb = Image.allocate(height, width);
    new Random(references.size()).nextBytes(rgb);
    Image image = new Image(height, width, rgb);
    ImageId id = new ImageId(name);
    byte[] png = codec.encode(TestPixels.of(image), ImageFormat.PNG, 95);
    images.put(id, image);
    files.put(id, png);
    references.add(new ImageReference(id, 0, png.length, 0, 0, annotation));
  }

  private static LambdaOptions lambda(Law law, double low, double high) {
    return new LambdaOptions(law, 1, 1, low, high, 0.5, false);
  }

  private MixOptions options(long cacheBytes) {
    return new MixOptions(
        new DecodeOptions(false, maxPixels, false),
        new CanvasOptions(
            40, 50, fit, Filter.BILINEAR, Background.BLACK, new AugmentOptions(false, flip)),
        new PairingOptions(11, 3, 3, 16),
        new PartnerOptions(Scope.SAMPLE, 128, Choice.UNIFORM, probability, unmixedViews),
        lambda,
        new LabelOptions(null, 0, 0, Soft.NONE),
        IMAGES,
        new EncodingOptions(encoding, 95),
        TensorOptions.NONE,
        cacheBytes);
  }

  private List<MixedSample> mix(long cacheBytes) throws IOException {
    ImageReader reader =
        reference -> {
          reads.add(reference.id());
          return Objects.requireNonNull(files.get(reference.id()));
        };
    List<MixedSample> samples = new ArrayList<>();
    try (ShardMixer mixer =
        new ShardMixer(
            options(cacheBytes), 0, 5, references, reader, codec, new StageTimes(), bad::add)) {
      for (MixedSample sample = mixer.next(); sample != null; sample = mixer.next()) {
        samples.add(sample);
      }
    }
    return samples;
  }

  private Image image(ImageId id) {
    return Objects.requireNonNull(images.get(id));
  }

  private List<Box> boxes(ImageId id) {
    return references.stream()
        .filter(reference -> reference.id().equals(id))
        .findFirst()
        .orElseThrow()
        .annotation()
        .boxes();
  }

  private byte[] decoded(MixedSample sample) throws Exception {
    byte[] png = sample.image();
    Image image = codec.decode(png, ImageHeader.check(png, 1 << 20), 1);
    assertThat(image.height()).isEqualTo(sample.height());
    assertThat(image.width()).isEqualTo(sample.width());
    return Arrays.copyOf(image.rgb(), image.sizeBytes());
  }

  /** The formula, pixel by pixel. */
  private byte[] formula(MixedSample sample) {
    Image first = image(sample.first());
    Image partner = image(sample.partner());
    int height = Math.max(first.height(), partner.height());
    int width = Math.max(first.width(), partner.width());
    byte[] mixed = new byte[height * width * 3];
    for (int i = 0; i < mixed.length; i++) {
      int y = i / (width * 3);
      int x = i % (width * 3);
      double value =
          sample.lambda() * value(first, y, x) + (1 - sample.lambda()) * value(partner, y, x);
      mixed[i] = (byte) Math.rint(value);
    }
    return mixed;
  }

  private static int value(Image image, int y, int x) {
    return y < image.height() && x < image.width() * 3
        ? image.rgb()[y * image.width() * 3 + x] & 0xFF
        : 0;
  }

  @ParameterizedTest
  @CsvSource({
    "BETA, 0, 1",
    "CONSTANT, 0, 1",
    "UNIFORM, 0.5, 0.5",
    "UNIFORM, 0, 0",
    "UNIFORM, 1, 1"
  })
  void pixelsAndBoxesFollowTheFormula(Law law, double low, double high) throws Exception {
    lambda = lambda(law, low, high);
    List<MixedSample> samples = mix(ALL);
    assertThat(samples).hasSize(3 * IMAGES);
    int unequal = 0;
    for (MixedSample sample : samples) {
      assertThat(sample.partner()).isNotEqualTo(sample.first());
      assertThat(decoded(sample)).isEqualTo(formula(sample));
      unequal += image(sample.first()).height() == image(sample.partner()).height() ? 0 : 1;
      assertBoxes(sample);
      if (law == Law.CONSTANT || low == high) {
        assertThat(sample.lambda()).isEqualTo(law == Law.CONSTANT ? 0.5 : low);
      }
    }
    assertThat(unequal).isGreaterThan(2 * IMAGES);
    int boxes = references.stream().mapToInt(r -> r.annotation().boxes().size()).sum();
    assertThat(samples.stream().mapToInt(sample -> sample.boxes().size()).sum())
        .as("each box twice a view")
        .isEqualTo(2 * 3 * boxes);
  }

  private void assertBoxes(MixedSample sample) {
    List<Box> first = boxes(sample.first());
    List<Box> partner = boxes(sample.partner());
    assertThat(sample.boxes()).hasSize(first.size() + partner.size());
    for (int i = 0; i < sample.boxes().size(); i++) {
      MixedBox mixed = sample.boxes().get(i);
      boolean ofFirst = i < first.size();
      Box box = ofFirst ? first.get(i) : partner.get(i - first.size());
      assertThat(mixed.source()).isEqualTo(ofFirst ? 0 : 1);
      assertThat(mixed.weight())
          .isEqualTo((ofFirst ? sample.lambda() : 1 - sample.lambda()) * box.weight());
      assertThat(mixed.box()).usingRecursiveComparison().ignoringFields("mask").isEqualTo(box);
      RunLengths mask = mixed.box().mask();
      assertThat(mask == null).isEqualTo(box.mask() == null);
      if (mask != null) {
        assertThat(mask.height()).isEqualTo(sample.height());
        assertThat(mask.width()).isEqualTo(sample.width());
        assertThat(Arrays.stream(mask.counts()).sum()).isEqualTo(sample.height() * sample.width());
      }
    }
  }

  @Test
  void imagesThatAreNotMixedKeepTheirCanvasAndHaveTheirBoxesOnce() throws Exception {
    probability = 0.5;
    unmixedViews = 1;
    int unmixed = 0;
    for (MixedSample sample : mix(ALL)) {
      if (sample.partner().equals(sample.first())) {
        unmixed++;
        assertThat(sample.lambda()).isEqualTo(1);
        Image image = image(sample.first());
        assertThat(decoded(sample)).isEqualTo(Arrays.copyOf(image.rgb(), image.sizeBytes()));
        assertThat(sample.boxes())
            .isEqualTo(
                boxes(sample.first()).stream()
                    .map(box -> new MixedBox(box, box.weight(), 0))
                    .toList());
      } else {
        assertThat(sample.place().view()).isLessThan(2);
      }
    }
    assertThat(unmixed).isBetween(IMAGES + 20, IMAGES + 40);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 5000, 20_000})
  void makesTheSameRecordsWhateverIsKept(long cacheBytes) throws IOException {
    flip = true;
    List<MixedSample> all = mix(ALL);
    assertThat(reads).hasSize(IMAGES);
    reads.clear();
    List<MixedSample> few = mix(cacheBytes);
    assertThat(reads).hasSizeGreaterThan(IMAGES);
    assertThat(few).hasSameSizeAs(all);
    for (int i = 0; i < all.size(); i++) {
      assertThat(few.get(i).image()).isEqualTo(all.get(i).image());
      assertThat(few.get(i))
          .usingRecursiveComparison()
          .ignoringFields("image")
          .isEqualTo(all.get(i));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"STRETCH", "LETTERBOX"})
  void fittedImagesAreAllOfOneSizeAndTheirBoxesInside(Fit fitted) throws IOException {
    fit = fitted;
    for (MixedSample sample : mix(ALL)) {
      assertThat(sample.height()).isEqualTo(40);
      assertThat(sample.width()).isEqualTo(50);
      for (MixedBox mixed : sample.boxes()) {
        assertThat(mixed.box().xMin()).isBetween(0.0, mixed.box().xMax());
        assertThat(mixed.box().xMax()).isLessThanOrEqualTo(50);
        assertThat(mixed.box().yMin()).isBetween(0.0, mixed.box().yMax());
        assertThat(mixed.box().yMax()).isLessThanOrEqualTo(40);
      }
    }
  }

  @Test
  void anImageIsFlippedAlikeAsFirstAndAsPartnerOfAView() throws IOException {
    flip = true;
    int flipped = 0;
    Map<String, List<Box>> seen = new HashMap<>();
    for (MixedSample sample : mix(ALL)) {
      for (int source = 0; source < 2; source++) {
        int of = source;
        ImageId id = source == 0 ? sample.first() : sample.partner();
        List<Box> shown =
            sample.boxes().stream()
                .filter(mixed -> mixed.source() == of)
                .map(mixed -> mixed.box())
                .map(box -> box.at(box.xMin(), box.yMin(), box.xMax(), box.yMax(), 0, null))
                .toList();
        List<Box> before = seen.put(sample.place().view() + " " + id, shown);
        assertThat(before == null || before.equals(shown)).isTrue();
        flipped += shown.isEmpty() || shown.get(0).xMin() == boxes(id).get(0).xMin() ? 0 : 1;
      }
    }
    assertThat(flipped).isBetween(20, 120);
  }

  @Test
  void float32HoldsTheMixtureNotRounded() throws IOException {
    encoding = Encoding.FLOAT32;
    MixedSample sample = mix(ALL).get(0);
    assertThat(sample.image()).hasSize(sample.height() * sample.width() * 3 * Float.BYTES);
  }

  @Test
  void fractionsBecomePixelsOfTheStoredImage() throws IOException {
    references.clear();
    Box half = new Box(0.25, 0.5, 0.75, 1, 3, 1, false, false, Double.NaN, null);
    add("alone", 20, 80, new Annotation(List.of(half), true, 0, 0));
    MixedBox pixels = mix(ALL).get(0).boxes().get(0);
    assertThat(pixels.box()).isEqualTo(half.at(20, 10, 60, 20, Double.NaN, null));
  }

  @Test
  void quarantinesAnImageOfAnotherSizeThanItsAnnotationStates() throws IOException {
    add("turned", 20, 30, new Annotation(List.of(), false, 30, 20));
    RunLengths mask = new RunLengths(20, 31, new int[] {620});
    Box crowd = new Box(1, 1, 2, 2, 0, 1, true, false, 1, mask);
    add("masked", 20, 30, new Annotation(List.of(crowd), false, 20, 30));
    assertThat(mix(ALL)).hasSize(3 * IMAGES);
    assertThat(bad).extracting(BadInput::reason).containsOnly(Reason.SIZE_DIFFERS);
    assertThat(bad)
        .extracting(BadInput::message)
        .containsExactlyInAnyOrder(
            "The annotation is of 30 x 20 pixels (height x width), but the image has 20 x 30",
            "A mask is of 20 x 31 pixels (height x width), but the image has 20 x 30");
  }

  @Test
  void refusesACanvasThatIsFarLargerThanItsImages() {
    references.clear();
    add("long", 1, 2000, new Annotation(List.of(), false, 0, 0));
    add("high", 2000, 1, new Annotation(List.of(), false, 0, 0));
    assertThatThrownBy(() -> mix(ALL))
        .isInstanceOf(EmulsionException.class)
        .hasMessageStartingWith("The canvas of '")
        .hasMessageEndingWith(
            "would have 2000 x 2000 pixels, more than image.max-pixels 100000: raise that, leave"
                + " the longer one out, or set image.resize to letterbox");
  }
}
