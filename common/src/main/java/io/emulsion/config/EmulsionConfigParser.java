package io.emulsion.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.emulsion.canvas.AugmentOptions;
import io.emulsion.canvas.CanvasOptions;
import io.emulsion.lambda.LambdaOptions;
import io.emulsion.pairing.PairingOptions;
import io.emulsion.pairing.PartnerOptions;
import io.emulsion.shard.DecimalText;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Turns a configuration back into text that {@link ConfigReader} understands. */
final class EmulsionConfigParser {
  private EmulsionConfigParser() {}

  static SortedMap<String, String> canonical(EmulsionConfig config) {
    SortedMap<String, String> canonical = new TreeMap<>();
    for (ConfigKey key : ConfigKey.values()) {
      if (key.decidesBytes()) {
        List<String> texts = texts(config, key);
        canonical.put(key.key(), key.takesList() ? texts.toString() : texts.get(0));
      }
    }
    return canonical;
  }

  static EmulsionConfig ofCanonical(SortedMap<String, String> canonical) {
    List<Setting> settings = new ArrayList<>();
    canonical.forEach((key, value) -> settings.add(Setting.set(key + "=" + value)));
    settings.add(Setting.input(List.of("unknown-input")));
    if ("detection".equals(canonical.get(ConfigKey.TASK.key()))) {
      settings.add(Setting.set(ConfigKey.INPUT_ANNOTATIONS + "=unknown-annotations"));
    }
    settings.add(Setting.output("unknown-output"));
    return ConfigReader.build(settings);
  }

  static String toJson(EmulsionConfig config) {
    StringWriter json = new StringWriter();
    try (JsonGenerator generator = new JsonFactory().createGenerator(json)) {
      generator.writeStartObject();
      for (ConfigKey key : ConfigKey.values()) {
        generator.writeFieldName(key.key());
        String[] texts = texts(config, key).toArray(String[]::new);
        if (key.takesList()) {
          generator.writeArray(texts, 0, texts.length);
        } else {
          generator.writeString(texts[0]);
        }
      }
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter has no I/O errors
    }
    return json.toString();
  }

  static EmulsionConfig fromJson(String json) {
    return ConfigReader.build(SettingsReader.readJson(json, "configuration as JSON"));
  }

  /** The value of {@code key}; several texts only if it takes a list. */
  private static List<String> texts(EmulsionConfig config, ConfigKey key) {
    InputOptions input = config.input();
    CanvasOptions canvas = config.canvas();
    LambdaOptions lambda = config.lambda();
    PairingOptions pairing = config.pairing();
    PartnerOptions partners = config.partners();
    OutputOptions output = config.output();
    return switch (key) {
      case TASK -> List.of(name(config.task()));
      case INPUT_FORMAT -> List.of(name(input.format()));
      case INPUT_PATH -> input.paths();
      case INPUT_ANNOTATIONS -> List.of(input.annotationsPath().orElse("auto"));
      case INPUT_IMAGE_SET -> List.of(input.imageSetName().orElse("none"));
      case INPUT_ON_BAD_BOX -> List.of(name(input.badBoxes()));
      case INPUT_ON_BAD -> List.of(input.failOnBad() ? "fail" : "quarantine");
      case INPUT_MAX_BAD_FRACTION -> List.of(DecimalText.of(input.maxBadFraction()));
      case INPUT_STRICT -> List.of(Boolean.toString(config.decode().strict()));
      case LABEL_CLASSES -> List.of(config.label().classesFile().orElse("none"));
      case LABEL_OFFSET -> List.of(Integer.toString(config.label().offset()));
      case LABEL_SMOOTHING -> List.of(DecimalText.of(config.label().smoothing()));
      case LABEL_SOFT -> List.of(name(config.label().soft()));
      case LABEL_MIN_WEIGHT -> List.of(DecimalText.of(config.label().minWeight()));
      case IMAGE_SIZE ->
          List.of(Integer.toString(canvas.height()), Integer.toString(canvas.width()));
      case IMAGE_RESIZE -> List.of(name(canvas.fit()));
      case IMAGE_FILTER -> List.of(name(canvas.filter()));
      case IMAGE_AUGMENT -> names(canvas.augment());
      case IMAGE_BACKGROUND -> List.of(name(canvas.background()));
      case IMAGE_EXIF -> List.of(config.decode().applyExif() ? "apply" : "ignore");
      case IMAGE_MAX_PIXELS -> List.of(Long.toString(config.decode().maxPixels()));
      case MIX_LAMBDA_DISTRIBUTION -> List.of(name(lambda.law()));
      case MIX_LAMBDA_ALPHA -> List.of(DecimalText.of(lambda.alpha()));
      case MIX_LAMBDA_BETA -> List.of(DecimalText.of(lambda.beta()));
      case MIX_LAMBDA_LOW -> List.of(DecimalText.of(lambda.low()));
      case MIX_LAMBDA_HIGH -> List.of(DecimalText.of(lambda.high()));
      case MIX_LAMBDA_VALUE -> List.of(DecimalText.of(lambda.value()));
      case MIX_LAMBDA_FOLD -> List.of(Boolean.toString(lambda.fold()));
      case MIX_PARTNER -> List.of(name(partners.choice()));
      case MIX_SCOPE -> List.of(name(partners.scope()));
      case MIX_BATCH_SAMPLES -> List.of(Integer.toString(partners.batchSamples()));
      case MIX_PROBABILITY -> List.of(DecimalText.of(partners.probability()));
      case MIX_UNMIXED_VIEWS -> List.of(Integer.toString(partners.unmixedViews()));
      case MIX_VIEWS -> List.of(Integer.toString(pairing.views()));
      case MIX_VIEWS_PER_PASS -> List.of(Integer.toString(pairing.viewsPerPass()));
      case MIX_BLOCK_SAMPLES -> List.of(Integer.toString(pairing.blockSamples()));
      case MIX_SEED -> List.of(Long.toString(pairing.seed()));
      case MIX_CACHE_BYTES -> List.of(Long.toString(config.cacheBytes()));
      case OUTPUT_PATH -> List.of(output.path());
      case OUTPUT_FORMAT -> output.formats();
      case OUTPUT_ENCODING -> List.of(config.encoding().encoding().label());
      case OUTPUT_QUALITY -> List.of(Integer.toString(config.encoding().quality()));
      case OUTPUT_MEAN -> decimals(config.tensor().mean());
      case OUTPUT_STD -> decimals(config.tensor().std());
      case OUTPUT_SPLIT -> List.of(output.split());
      case OUTPUT_OVERWRITE -> List.of(Boolean.toString(output.overwrite()));
      case OUTPUT_APPEND -> List.of(Boolean.toString(output.append()));
      case OUTPUT_PUBLISH -> List.of(name(output.publish()));
      case OUTPUT_SHARD_SAMPLES ->
          List.of(output.shardSamples() == 0 ? "auto" : Integer.toString(output.shardSamples()));
      case READ_IN_FLIGHT -> List.of(Integer.toString(config.readsInFlight()));
    };
  }

  private static List<String> decimals(List<Double> values) {
    return values.stream().map(DecimalText::of).toList();
  }

  private static List<String> names(AugmentOptions augment) {
    List<String> names = new ArrayList<>();
    if (augment.randomResizedCrop()) {
      names.add("random-resized-crop");
    }
    if (augment.flip()) {
      names.add("flip");
    }
    return names.isEmpty() ? List.of("none") : names;
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
