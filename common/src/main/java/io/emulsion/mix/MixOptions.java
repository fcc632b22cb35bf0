package io.emulsion.mix;

import io.emulsion.blend.TensorOptions;
import io.emulsion.canvas.CanvasOptions;
import io.emulsion.codec.EncodingOptions;
import io.emulsion.label.LabelOptions;
import io.emulsion.lambda.LambdaOptions;
import io.emulsion.pairing.PairingOptions;
import io.emulsion.pairing.PartnerOptions;
import java.io.Serializable;

/**
 * All that decides a sample's pixels and labels.
 *
 * @param classes how many there are
 * @param tensor of encoding float32
 * @param cacheBytes how many bytes of prepared images a block may keep between its views; decides
 *     speed, never pixels
 */
public record MixOptions(
    DecodeOptions decode,
    CanvasOptions canvas,
    PairingOptions pairing,
    PartnerOptions partners,
    LambdaOptions lambda,
    LabelOptions label,
    int classes,
    EncodingOptions encoding,
    TensorOptions tensor,
    long cacheBytes)
    implements Serializable {}
