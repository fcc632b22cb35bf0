package io.emulsion.mix;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.blend.TensorOptions;
import io.emulsion.canvas.AugmentOptions;
import io.emulsion.canvas.CanvasOptions;
import io.emulsion.canvas.CanvasOptions.Filter;
import io.emulsion.canvas.CanvasOptions.Fit;
import io.emulsion.codec.Encoding;
import io.emulsion.codec.EncodingOptions;
import io.emulsion.codec.ImageFormat;
import io.emulsion.codec.OpenCvCodec;
import io.emulsion.label.LabelOptions;
import io.emulsion.lambda.LambdaOptions;
import io.emulsion.lambda.LambdaOptions.Law;
import io.emulsion.natives.TestPixels;
import io.emulsion.pairing.PairingOptions;
import io.emulsion.pairing.PartnerOptions;
import io.emulsion.pairing.PartnerOptions.Choice;
import io.emulsion.pairing.PartnerOptions.Scope;
import io.emulsion.sample.Background;
import io.emulsion.sample.Image;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.MixedSample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Shards whose images are cropped and flipped before the mix. */
class AugmentedShardTest {
  private static final int COUNT = 24;
  private static final int HEIGHT = 36;
  private static final int WIDTH = 48;
  private static final int DECODED_BYTES = HEIGHT * WIDTH * 3;
  private static final long ALL = 1 << 20;
  private static final AugmentOptions BOTH = new AugmentOptions(true, true);

  private final OpenCvCodec codec = new OpenCvCodec();
  private final FakeImages images = new FakeImages(codec);

  AugmentedShardTest() {
    Random random = new Random(12);
    for (int i = 0; i < COUNT; i++) {
      byte[] rgb = Image.allocate(HEIGHT, WIDTH);
      random.nextBytes(rgb);
      images.add(codec.encode(TestPixels.of(new Image(HEIGHT, WIDTH, rgb)), ImageFormat.PNG, 95));
    }
    images.spoil(3).spoil(4);
  }

  @AfterEach
  void close() {
    codec.close();
  }

  private static PartnerOptions partners(Scope scope, Choice choice) {
    return new PartnerOptions(scope, 6, choice, 1, 0);
  }

  private static PartnerOptions ring() {
    return partners(Scope.SAMPLE, Choice.UNIFORM);
  }

  /**
   * @param lambda of every sample
   */
  private List<MixedSample> mix(
      AugmentOptions augment, PartnerOptions partners, double lambda, long cacheBytes)
      throws IOException {
    MixOptions options =
        new MixOptions(
            new DecodeOptions(true, 10_000, false),
            new CanvasOptions(16, 20, Fit.STRETCH, Filter.BILINEAR, Background.BLACK, augment),
            new PairingOptions(1, 3, 3, 12),
            partners,
            new LambdaOptions(Law.CONSTANT, 1, 1, 0, 1, lambda, false),
            new LabelOptions(null, 0, 0, LabelOptions.Soft.NONE),
            2,
            new EncodingOptions(Encoding.PNG, 95),
            TensorOptions.NONE,
            cacheBytes);
    ShardMixer mixer =
        new ShardMixer(
            options, 0, 5, images.references(), images, codec, new StageTimes(), bad -> {});
    List<MixedSample> samples = new ArrayList<>();
    for (MixedSample sample = mixer.next(); sample != null; sample = mixer.next()) {
      samples.add(sample);
    }
    assertThat(samples).hasSize(3 * (COUNT - 2));
    return samples;
  }

  /** Each image's bytes in each view. */
  private static Map<String, String> shown(List<MixedSample> samples, boolean asFirst) {
    Map<String, String> shown = new HashMap<>();
    for (MixedSample sample : samples) {
      ImageId id = asFirst ? sample.first() : sample.partner();
      shown.put(sample.place().view() + " " + id, Arrays.toString(sample.image()));
    }
    return shown;
  }

  @Test
  void anImageLooksTheSameAsFirstAndAsPartnerAndDiffersBetweenViews() throws IOException {
    Map<String, String> firsts = shown(mix(BOTH, ring(), 1, ALL), true);
    Map<String, String> partners = shown(mix(BOTH, ring(), 0, ALL), false);
    assertThat(firsts).hasSize(3 * (COUNT - 2)).isEqualTo(partners);
    assertThat(new HashSet<>(firsts.values())).as("all boxes differ").hasSize(firsts.size());
  }

  @Test
  void withoutAugmentAnImageLooksTheSameInEveryView() throws IOException {
    Map<String, String> firsts = shown(mix(AugmentOptions.NONE, ring(), 1, ALL), true);
    assertThat(new HashSet<>(firsts.values())).hasSize(COUNT - 2);
    assertThat(
            new HashSet<>(
                shown(mix(new AugmentOptions(false, true), ring(), 1, ALL), true).values()))
        .as("each image and its mirrored one")
        .hasSizeBetween(COUNT - 1, 2 * (COUNT - 2));
  }

  @ParameterizedTest
  @EnumSource
  void theCacheNeverShows(Scope scope) throws IOException {
    for (Choice choice :
        scope == Scope.BATCH ? List.of(Choice.UNIFORM) : List.of(Choice.values())) {
      for (AugmentOptions augment :
          List.of(BOTH, new AugmentOptions(true, false), new AugmentOptions(false, true))) {
        List<String> cached = contents(mix(augment, partners(scope, choice), 0.3, ALL));
        for (long cacheBytes : new long[] {0, 16 * 20 * 3, 5 * DECODED_BYTES, 11 * DECODED_BYTES}) {
          assertThat(contents(mix(augment, partners(scope, choice), 0.3, cacheBytes)))
              .as("%s, %s, %s bytes", choice, augment, cacheBytes)
              .isEqualTo(cached);
        }
      }
    }
  }

  private static List<String> contents(List<MixedSample> samples) {
    return samples.stream()
        .map(s -> s.place().key() + s.first() + s.partner() + Arrays.toString(s.image()))
        .toList();
  }

  /** Of 2 blocks of 12 images; a bad one is read once. */
  @ParameterizedTest
  @CsvSource({
    "1048576, 24", // once a pass
    "0, 68", // in each of 3 views
    "25920, 48" // 5 decoded images of each block are kept
  })
  void decodesOnceAPassWhereTheCacheAllows(long cacheBytes, int reads) throws IOException {
    mix(BOTH, ring(), 0.3, cacheBytes);
    assertThat(images.takeReads()).hasSize(reads);
  }
}
