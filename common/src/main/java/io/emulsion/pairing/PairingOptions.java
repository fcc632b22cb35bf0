package io.emulsion.pairing;

import static io.emulsion.error.Checks.option;

import java.io.Serializable;

/**
 * How the set is cut into views, passes and blocks.
 *
 * @param seed of every draw
 * @param views mixed copies of the set, in {@code [1, 999]}
 * @param viewsPerPass views made from one decoding, in {@code [1, 64]}
 * @param blockSamples mean size of a block, at least 2
 */
public record PairingOptions(long seed, int views, int viewsPerPass, int blockSamples)
    implements Serializable {
  public PairingOptions {
    option(views >= 1 && views <= 999, "mix.views must be from 1 to 999, but is %s", views);
    option(
        viewsPerPass >= 1 && viewsPerPass <= 64,
        "mix.views-per-pass must be from 1 to 64, but is %s",
        viewsPerPass);
    option(
        blockSamples >= 2 && blockSamples <= 65_536,
        "mix.block-samples must be from 2 to 65536, but is %s",
        blockSamples);
  }

  /** How often the whole set is read and decoded. */
  public int passes() {
    return (views + viewsPerPass - 1) / viewsPerPass;
  }

  /** The first view of pass {@code pass}. */
  public int firstView(int pass) {
    return pass * viewsPerPass;
  }

  /** The view after the last of pass {@code pass}. */
  public int endView(int pass) {
    return Math.min(views, firstView(pass) + viewsPerPass);
  }
}
