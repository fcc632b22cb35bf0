package io.emulsion.pairing;

import static io.emulsion.error.Checks.option;

import java.io.Serializable;

/**
 * Who is mixed with whom.
 *
 * @param batchSamples mean size of a batch, in {@code [2, 65536]}; for scope batch only
 * @param probability share of samples (scope batch: of batches) that are mixed, in {@code [0, 1]}
 * @param unmixedViews how many of the views, the last ones, are not mixed at all
 */
public record PartnerOptions(
    Scope scope, int batchSamples, Choice choice, double probability, int unmixedViews)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** What shares one lambda. */
  public enum Scope {
    /** Nothing: each sample has its own. */
    SAMPLE,
    /** A batch, which is paired with a permutation of itself: Zhang et al. 2018, as published. */
    BATCH
  }

  /** Which samples may be partners. */
  public enum Choice {
    /** Any other of the block. */
    UNIFORM,
    /** One of another class, where there is one. */
    OTHER_CLASS
  }

  public PartnerOptions {
    option(
        batchSamples >= 2 && batchSamples <= 65_536,
        "mix.batch-samples must be from 2 to 65536, but is %s",
        batchSamples);
    option(
        probability >= 0 && probability <= 1,
        "mix.probability must be from 0 to 1, but is %s",
        probability);
    option(unmixedViews >= 0, "mix.unmixed-views must be at least 0, but is %s", unmixedViews);
  }
}
