package io.emulsion.mix;

import io.emulsion.canvas.CanvasOptions;
import io.emulsion.codec.EncodingOptions;
import io.emulsion.lambda.LambdaOptions;
import io.emulsion.pairing.PairingOptions;
import io.emulsion.pairing.PartnerOptions;
import java.io.Serializable;

/**
 * All that decides a sample's pixels and labels.
 *
 * @param cacheBytes how many bytes of prepared images a block may keep between its views; decides
 *     speed, never pixels
 */
public record MixOptions(
    DecodeOptions decode,
    CanvasOptions canvas,
    PairingOptions pairing,
    PartnerOptions partners,
    LambdaOptions lambda,
    EncodingOptions encoding,
    long cacheBytes)
    implements Serializable {}
