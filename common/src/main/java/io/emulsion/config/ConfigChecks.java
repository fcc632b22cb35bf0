package io.emulsion.config;

import static io.emulsion.error.Checks.option;

import io.emulsion.pairing.PairingOptions;
import io.emulsion.pairing.PartnerOptions;
import io.emulsion.pairing.PartnerOptions.Choice;
import io.emulsion.pairing.PartnerOptions.Scope;
import java.util.HashSet;
import java.util.Set;

/** What must hold between options; each option alone is checked by its record. */
final class ConfigChecks {
  private ConfigChecks() {}

  /** Every check that needs no file system. */
  static void check(EmulsionConfig config) {
    Set<String> seen = new HashSet<>();
    for (String path : config.input().paths()) {
      option(
          seen.add(withoutEndingSlashes(path)), "input.path names '%s' twice: name it once", path);
    }
    check(config.partners(), config.pairing());
  }

  private static void check(PartnerOptions partners, PairingOptions pairing) {
    boolean batch = partners.scope() == Scope.BATCH;
    option(
        !batch || partners.choice() == Choice.UNIFORM,
        "mix.partner must be uniform where mix.scope is batch, but is other-class");
    option(
        !batch || partners.batchSamples() <= pairing.blockSamples(),
        "mix.batch-samples must not be above mix.block-samples, but is %s of %s: raise"
            + " mix.block-samples",
        partners.batchSamples(),
        pairing.blockSamples());
    option(
        partners.unmixedViews() <= pairing.views(),
        "mix.unmixed-views must not be above mix.views, but is %s of %s",
        partners.unmixedViews(),
        pairing.views());
  }

  private static String withoutEndingSlashes(String path) {
    return path.replaceFirst("(?<=[^/])/+$", "");
  }
}
