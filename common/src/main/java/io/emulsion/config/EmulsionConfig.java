package io.emulsion.config;

import static io.emulsion.error.Checks.option;

import io.emulsion.blend.TensorOptions;
import io.emulsion.canvas.CanvasOptions;
import io.emulsion.codec.EncodingOptions;
import io.emulsion.label.LabelOptions;
import io.emulsion.lambda.LambdaOptions;
import io.emulsion.mix.DecodeOptions;
import io.emulsion.mix.MixOptions;
import io.emulsion.pairing.PairingOptions;
import io.emulsion.pairing.PartnerOptions;
import io.emulsion.sample.Task;
import java.io.Serializable;
import java.util.SortedMap;

/**
 * All options of a job, checked; immutable. Spark carries it as {@link #toJson}.
 *
 * @param cacheBytes memory of a task for decoded images, in {@code [0, 2^40]}
 * @param readsInFlight how many inputs a task reads ahead, in {@code [1, 256]}; 1 for none
 */
public record EmulsionConfig(
    Task task,
    InputOptions input,
    LabelOptions label,
    DecodeOptions decode,
    CanvasOptions canvas,
    LambdaOptions lambda,
    PairingOptions pairing,
    PartnerOptions partners,
    EncodingOptions encoding,
    TensorOptions tensor,
    OutputOptions output,
    long cacheBytes,
    int readsInFlight)
    implements Serializable {
  private static final long MOST_CACHE_BYTES = 1L << 40;

  public EmulsionConfig {
    option(
        cacheBytes >= 0 && cacheBytes <= MOST_CACHE_BYTES,
        "mix.cache-bytes must be from 0 to 1024g, but is %s bytes",
        cacheBytes);
    option(
        readsInFlight >= 1 && readsInFlight <= 256,
        "read.in-flight must be from 1 to 256, but is %s",
        readsInFlight);
  }

  /**
   * Every key that decides bytes, with its value in one form: values that make the same data files
   * by definition ({@code 1} and {@code 1.0}, {@code auto} and what it means) are equal texts.
   */
  public SortedMap<String, String> canonical() {
    return EmulsionConfigParser.canonical(this);
  }

  /**
   * What decides a sample's pixels and labels.
   *
   * @param classes how many there are
   */
  public MixOptions mixOptions(int classes) {
    return new MixOptions(
        decode, canvas, pairing, partners, lambda, label, classes, encoding, tensor, cacheBytes);
  }

  /** Every key as one JSON object; {@link #fromJson} makes an equal configuration of it. */
  public String toJson() {
    return EmulsionConfigParser.toJson(this);
  }

  /**
   * The configuration that {@link #toJson} wrote; keys that are left out have their defaults.
   *
   * @throws io.emulsion.error.EmulsionException (usage) if a key or value is refused
   */
  public static EmulsionConfig fromJson(String json) {
    return EmulsionConfigParser.fromJson(json);
  }

  /**
   * The configuration that made a data set, of the {@link #canonical} map in its manifest. Its
   * paths are not known and say so.
   *
   * @throws io.emulsion.error.EmulsionException (usage) if a key or value is not of this version
   */
  public static EmulsionConfig ofDataSet(SortedMap<String, String> canonical) {
    return EmulsionConfigParser.ofCanonical(canonical);
  }
}
