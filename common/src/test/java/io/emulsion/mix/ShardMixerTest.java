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
import io.emulsion.codec.ImageHeader;
import io.emulsion.codec.OpenCvCodec;
import io.emulsion.label.LabelOptions;
import io.emulsion.label.LabelOptions.Soft;
import io.emulsion.lambda.LambdaOptions;
import io.emulsion.lambda.LambdaOptions.Law;
import io.emulsion.pairing.Blocks;
import io.emulsion.pairing.PairingOptions;
import io.emulsion.pairing.PartnerOptions;
import io.emulsion.pairing.PartnerOptions.Choice;
import io.emulsion.pairing.PartnerOptions.Scope;
import io.emulsion.pairing.Ring;
import io.emulsion.sample.Background;
import io.emulsion.sample.Image;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.ImageReference;
import io.emulsion.sample.MixedSample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardMixerTest {
  private static final int ONE_BLOCK = 65_536;
  private static final long ALL = 1 << 20;
  private static final int PIXEL_BYTES = 3;

  private final OpenCvCodec codec = new OpenCvCodec();
  private final FakeImages images = new FakeImages(codec);
  private final List<BadInput> bad = new ArrayList<>();

  @AfterEach
  void close() {
    codec.close();
  }

  private static MixOptions options(PairingOptions pairing, long cacheBytes) {
    return options(pairing, cacheBytes, Encoding.PNG, TensorOptions.NONE);
  }

  private static MixOptions options(
      PairingOptions pairing, PartnerOptions partners, long cacheBytes) {
    return options(pairing, partners, cacheBytes, Encoding.PNG, TensorOptions.NONE);
  }

  private static MixOptions options(
      PairingOptions pairing, long cacheBytes, Encoding encoding, TensorOptions tensor) {
    return options(
        pairing,
        new PartnerOptions(Scope.SAMPLE, 128, Choice.UNIFORM, 1, 0),
        cacheBytes,
        encoding,
        tensor);
  }

  private static MixOptions options(
      PairingOptions pairing,
      PartnerOptions partners,
      long cacheBytes,
      Encoding encoding,
      TensorOptions tensor) {
    return new MixOptions(
        new DecodeOptions(true, 1000, false),
        new CanvasOptions(
            1, 1, Fit.STRETCH, Filter.BILINEAR, Background.BLACK, AugmentOptions.NONE),
        pairing,
        partners,
        new LambdaOptions(Law.BETA, 1, 1, 0, 1, 0.5, false),
        new LabelOptions(null, 0, 0.1, encoding == Encoding.PNG ? Soft.NONE : Soft.FLOAT32),
        5,
        new EncodingOptions(encoding, 95),
        tensor,
        cacheBytes);
  }

  private ShardMixer mixer(PairingOptions pairing, int pass, long cacheBytes) {
    return mixer(options(pairing, cacheBytes), pass);
  }

  private ShardMixer mixer(MixOptions options, int pass) {
    return new ShardMixer(
        options, pass, 5, images.references(), images, codec, new StageTimes(), bad::add);
  }

  private List<MixedSample> mix(PairingOptions pairing, int pass, long cacheBytes)
      throws IOException {
    return mix(options(pairing, cacheBytes), pass);
  }

  private List<MixedSample> mix(MixOptions options, int pass) throws IOException {
    ShardMixer mixer = mixer(options, pass);
    List<MixedSample> samples = new ArrayList<>();
    for (MixedSample sample = mixer.next(); sample != null; sample = mixer.next()) {
      samples.add(sample);
    }
    assertThat(mixer.next()).as("after the last").isNull();
    return samples;
  }

  private static List<MixedSample> ofView(List<MixedSample> samples, int view) {
    return samples.stream().filter(sample -> sample.place().view() == view).toList();
  }

  private static List<ImageId> firsts(List<MixedSample> samples) {
    return samples.stream().map(MixedSample::first).toList();
  }

  private static List<ImageId> partners(List<MixedSample> samples) {
    return samples.stream().map(MixedSample::partner).toList();
  }

  /** All that a sample is, its bytes included; a MixedSample itself compares arrays by identity. */
  private static List<String> contents(List<MixedSample> samples) {
    return samples.stream()
        .map(
            s ->
                String.join(
                    " | ",
                    s.place().key(),
                    s.first().value(),
                    s.partner().value(),
                    s.labelA() + " " + s.labelB(),
                    s.height() + " x " + s.width(),
                    Double.toString(s.lambda()),
                    Arrays.toString(s.image())))
        .toList();
  }

  /** Which inputs are spoilt; the ring's ends among them, for all 3 views have other ends. */
  static Stream<Arguments> blocks() {
    Map<String, IntPredicate> spoilt =
        Map.of(
            "none", i -> false,
            "the first", i -> i == 0,
            "every third", i -> i % 3 == 1,
            "all but one", i -> i != 0,
            "all but two", i -> i > 1,
            "all", i -> true);
    return IntStream.of(1, 2, 3, 255, 256, 257)
        .boxed()
        .flatMap(
            n -> spoilt.entrySet().stream().map(e -> Arguments.of(n, e.getKey(), e.getValue())));
  }

  @ParameterizedTest(name = "block of {0}, bad: {1}")
  @MethodSource("blocks")
  void eachUsableSampleIsFirstOnceAndPartnerOnceAndNeverItsOwn(
      int count, String which, IntPredicate isBad) throws IOException {
    images.addPixels(count);
    IntStream.range(0, count).filter(isBad).forEach(images::spoil);
    List<ImageId> usable =
        IntStream.range(0, count)
            .filter(isBad.negate())
            .mapToObj(i -> images.references().get(i).id())
            .toList();
    List<MixedSample> samples = mix(new PairingOptions(1, 3, 3, ONE_BLOCK), 0, ALL);
    assertThat(samples).hasSize(3 * usable.size());
    for (int view = 0; view < 3; view++) {
      List<MixedSample> ofView = ofView(samples, view);
      assertThat(firsts(ofView)).containsExactlyInAnyOrderElementsOf(usable);
      assertThat(partners(ofView)).containsExactlyInAnyOrderElementsOf(usable);
      if (usable.size() > 1) {
        assertThat(ofView).noneMatch(sample -> sample.first().equals(sample.partner()));
      }
    }
    assertThat(bad)
        .as("each bad input is told once, not once a view")
        .hasSize(count - usable.size());
  }

  @Test
  void recordsAreInRingOrderAndEachPartnerIsTheNextUsable() throws IOException {
    images.addPixels(100);
    IntStream.range(0, 100).filter(i -> i % 4 == 0).forEach(images::spoil);
    List<MixedSample> samples = mix(new PairingOptions(1, 2, 2, ONE_BLOCK), 0, ALL);
    for (int view = 0; view < 2; view++) {
      List<ImageId> ring =
          Ring.order(1, view, images.references()).stream()
              .map(ImageReference::id)
              .filter(id -> images.numberOf(id) % 4 != 0)
              .toList();
      List<ImageId> next = new ArrayList<>(ring);
      Collections.rotate(next, -1);
      assertThat(firsts(ofView(samples, view))).isEqualTo(ring);
      assertThat(partners(ofView(samples, view))).isEqualTo(next);
    }
  }

  @Test
  void ringsDifferBetweenViews() throws IOException {
    images.addPixels(64);
    List<MixedSample> samples = mix(new PairingOptions(1, 4, 4, ONE_BLOCK), 0, ALL);
    Set<List<ImageId>> orders = new HashSet<>();
    for (int view = 0; view < 4; view++) {
      orders.add(firsts(ofView(samples, view)));
    }
    assertThat(orders).hasSize(4);
  }

  @Test
  void partnersComeFromTheSameBlock() throws IOException {
    images.addPixels(100);
    List<MixedSample> samples = mix(new PairingOptions(1, 2, 2, 16), 0, ALL);
    List<List<ImageReference>> blocks = Blocks.of(images.references(), 16);
    assertThat(blocks).hasSize(6);
    for (List<ImageReference> block : blocks) {
      Set<ImageId> ids = block.stream().map(ImageReference::id).collect(Collectors.toSet());
      List<MixedSample> ofBlock = samples.stream().filter(s -> ids.contains(s.first())).toList();
      assertThat(ofBlock).hasSize(2 * block.size());
      assertThat(ids).containsAll(partners(ofBlock));
    }
  }

  @Test
  void positionsCountUpInEachViewWithoutAGap() throws IOException {
    images.addPixels(50).spoil(7).spoil(33);
    List<MixedSample> samples = mix(new PairingOptions(1, 5, 3, 8), 1, ALL);
    assertThat(samples).hasSize(2 * 48);
    for (int view = 3; view < 5; view++) {
      List<String> keys = ofView(samples, view).stream().map(s -> s.place().key()).toList();
      int v = view;
      assertThat(keys)
          .isEqualTo(
              IntStream.range(0, 48)
                  .mapToObj(i -> String.format("v%03d-00005-%05d", v, i))
                  .toList());
    }
  }

  @ParameterizedTest
  @CsvSource({"4, 8, 4", "1, 3, 2", "2, 6, 2"})
  void moreViewsLeaveTheFirstOnesAsTheyAre(int few, int many, int viewsPerPass) throws IOException {
    images.addPixels(40).spoil(3);
    List<MixedSample> before = mix(new PairingOptions(1, few, viewsPerPass, 16), 0, ALL);
    List<MixedSample> after = mix(new PairingOptions(1, many, viewsPerPass, 16), 0, ALL);
    assertThat(contents(after).stream().filter(s -> s.compareTo("v%03d".formatted(few)) < 0))
        .containsExactlyInAnyOrderElementsOf(contents(before));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, PIXEL_BYTES - 1, PIXEL_BYTES, 7 * PIXEL_BYTES, 1000})
  void theCacheNeverShowsInTheSamples(long cacheBytes) throws IOException {
    images.addPixels(30).spoil(4).spoil(5);
    PairingOptions pairing = new PairingOptions(1, 3, 3, 10);
    List<String> cached = contents(mix(pairing, 0, ALL));
    assertThat(contents(mix(pairing, 0, cacheBytes))).isEqualTo(cached);
  }

  @ParameterizedTest
  @CsvSource({"1048576, 30", "0, 90", "21, 48"}) // 21 bytes keep 7 of a block's 10 images
  void keepsAsManyImagesOfABlockAsFit(long cacheBytes, int reads) throws IOException {
    images.addPixels(30);
    mix(new PairingOptions(1, 3, 3, 10), 0, cacheBytes);
    assertThat(images.takeReads()).hasSize(reads);
  }

  @Test
  void aBadInputIsReadOnceWithoutACacheToo() throws IOException {
    images.addPixels(10).spoil(2);
    mix(new PairingOptions(1, 3, 3, ONE_BLOCK), 0, 0);
    assertThat(images.takeReads()).hasSize(3 * 9 + 1);
  }

  @Test
  void inAViewEachImageIsReadOnceJustBeforeItIsAPartner() throws IOException {
    images.addPixels(50);
    ShardMixer mixer = mixer(new PairingOptions(1, 1, 1, ONE_BLOCK), 0, ALL);
    List<ImageId> order =
        Ring.order(1, 0, images.references()).stream().map(ImageReference::id).toList();
    assertThat(mixer.next()).isNotNull();
    assertThat(images.takeReads()).isEqualTo(order.subList(0, 2));
    for (int i = 2; i < 50; i++) {
      assertThat(mixer.next()).isNotNull();
      assertThat(images.takeReads()).isEqualTo(order.subList(i, i + 1));
    }
    assertThat(mixer.next()).isNotNull();
    assertThat(images.takeReads()).as("the last pair ends with the ring's first").isEmpty();
  }

  /** With bad inputs only the ring keeps to it; nothing is left out all the same. */
  @ParameterizedTest
  @CsvSource({
    "SAMPLE, UNIFORM, 1",
    "SAMPLE, UNIFORM, 0.5",
    "SAMPLE, UNIFORM, 0",
    "SAMPLE, OTHER_CLASS, 0.7",
    "BATCH, UNIFORM, 0.5"
  })
  void expectsInputsInTheOrderInWhichTheyAreRead(Scope scope, Choice choice, double probability)
      throws IOException {
    images.addPixels(100);
    MixOptions options =
        options(
            new PairingOptions(1, 4, 2, 16),
            new PartnerOptions(scope, 8, choice, probability, 0),
            ALL);
    mix(options, 1);
    assertThat(images.takeReads()).isEqualTo(images.expected()).hasSize(100);
    images.spoil(0).spoil(50).spoil(51);
    mix(options, 1);
    List<ImageId> reads = images.takeReads();
    assertThat(images.expected()).containsExactlyInAnyOrderElementsOf(reads);
    if (scope == Scope.BATCH || (choice == Choice.UNIFORM && probability != 0.5)) {
      assertThat(images.expected()).isEqualTo(reads);
    }
  }

  @Test
  void everyPixelIsTheBlendOfThePreparedImagesRoundedHalfToEven() throws Exception {
    images.addPixels(200);
    for (MixedSample sample : mix(new PairingOptions(1, 2, 2, 32), 0, ALL)) {
      Image mixed = decoded(sample);
      Image first = FakeImages.pixel(images.numberOf(sample.first()));
      Image partner = FakeImages.pixel(images.numberOf(sample.partner()));
      for (int channel = 0; channel < 3; channel++) {
        double exact =
            sample.lambda() * (first.rgb()[channel] & 0xFF)
                + (1 - sample.lambda()) * (partner.rgb()[channel] & 0xFF);
        assertThat(mixed.rgb()[channel] & 0xFF).isEqualTo((int) Math.rint(exact));
      }
    }
  }

  @Test
  void rawAndFloat32HoldTheSameSamplesAsPng() throws Exception {
    images.addPixels(40).spoil(3);
    PairingOptions pairing = new PairingOptions(1, 2, 2, 16);
    TensorOptions tensor = new TensorOptions(List.of(0.1, 0.2, 0.3), List.of(0.5, 0.6, 0.7));
    List<MixedSample> png = mix(pairing, 0, ALL);
    List<MixedSample> raw = mix(options(pairing, ALL, Encoding.RAW, tensor), 0);
    List<MixedSample> float32 = mix(options(pairing, ALL, Encoding.FLOAT32, tensor), 0);
    assertThat(raw).hasSameSizeAs(png);
    assertThat(float32).hasSameSizeAs(png);
    for (int i = 0; i < png.size(); i++) {
      MixedSample sample = png.get(i);
      assertThat(raw.get(i).image()).isEqualTo(Arrays.copyOf(decoded(sample).rgb(), 3));
      ByteBuffer stored = ByteBuffer.wrap(float32.get(i).image()).order(ByteOrder.LITTLE_ENDIAN);
      Image first = FakeImages.pixel(images.numberOf(sample.first()));
      Image partner = FakeImages.pixel(images.numberOf(sample.partner()));
      for (int channel = 0; channel < 3; channel++) {
        int weight = (int) (sample.lambda() * 65_536);
        int sum =
            (first.rgb()[channel] & 0xFF) * weight
                + (partner.rgb()[channel] & 0xFF) * (65_536 - weight);
        float mean = tensor.mean().get(channel).floatValue();
        float std = tensor.std().get(channel).floatValue();
        assertThat(stored.getFloat()).isEqualTo(((sum / 65536f) / 255f - mean) / std);
      }
      assertThat(stored.hasRemaining()).isFalse();
    }
  }

  @Test
  void softLabelsAreMergedWithTheLambdaOfTheRecord() throws IOException {
    images.addPixels(40);
    PairingOptions pairing = new PairingOptions(1, 1, 1, 16);
    for (MixedSample sample : mix(options(pairing, ALL, Encoding.RAW, TensorOptions.NONE), 0)) {
      for (int label = 0; label < 5; label++) {
        double first = label == sample.labelA() ? 1 - 0.1 + 0.1 / 5 : 0.1 / 5;
        double partner = label == sample.labelB() ? 1 - 0.1 + 0.1 / 5 : 0.1 / 5;
        assertThat(sample.soft()[label])
            .isEqualTo((float) (sample.lambda() * first + (1 - sample.lambda()) * partner));
      }
      assertThat(sample.soft()).hasSize(5);
    }
    assertThat(mix(pairing, 0, ALL)).allMatch(sample -> sample.soft().length == 0);
  }

  private Image decoded(MixedSample sample) throws Exception {
    return codec.decode(sample.image(), ImageHeader.check(sample.image(), 1000), 1);
  }

  @Test
  void labelsAreThoseOfFirstAndPartner() throws IOException {
    images.addPixels(40);
    for (MixedSample sample : mix(new PairingOptions(1, 1, 1, 16), 0, ALL)) {
      assertThat(sample.labelA()).isEqualTo(images.numberOf(sample.first()) % 5);
      assertThat(sample.labelB()).isEqualTo(images.numberOf(sample.partner()) % 5);
    }
  }

  @Test
  void aSampleWithoutAnotherUsableOneStaysUnmixed() throws Exception {
    images.addPixels(3).spoil(0).spoil(2);
    List<MixedSample> samples = mix(new PairingOptions(1, 2, 2, ONE_BLOCK), 0, 0);
    assertThat(samples).hasSize(2);
    for (MixedSample sample : samples) {
      assertThat(sample.partner()).isEqualTo(sample.first());
      assertThat(sample.labelB()).isEqualTo(sample.labelA());
      assertThat(sample.lambda()).isEqualTo(1.0);
      assertThat(decoded(sample).rgb()).startsWith(Arrays.copyOf(FakeImages.pixel(1).rgb(), 3));
    }
  }

  @Test
  void aShardWithoutInputsHasNoSamples() throws IOException {
    assertThat(mix(new PairingOptions(1, 2, 2, 256), 0, ALL)).isEmpty();
  }

  @Test
  void aBadInputIsToldWithItsReason() throws IOException {
    images.addPixels(3).spoil(1).add(new byte[0]);
    mix(new PairingOptions(1, 2, 2, ONE_BLOCK), 0, ALL);
    assertThat(bad)
        .extracting(b -> images.numberOf(b.reference().id()))
        .containsExactlyInAnyOrder(1, 3);
    assertThat(bad)
        .extracting(BadInput::reason)
        .containsExactlyInAnyOrder(Reason.UNSUPPORTED_FORMAT, Reason.EMPTY);
    assertThat(bad).noneMatch(b -> b.message().isBlank());
  }

  @Test
  void aFailingStorageIsNoBadInput() throws IOException {
    images.addPixels(3).lose(1);
    ImageId lost = images.references().get(1).id();
    assertThatThrownBy(() -> mix(new PairingOptions(1, 2, 2, ONE_BLOCK), 0, ALL))
        .isInstanceOf(IOException.class)
        .hasMessage("disk says no to " + lost);
    assertThat(bad).isEmpty();
  }
}
