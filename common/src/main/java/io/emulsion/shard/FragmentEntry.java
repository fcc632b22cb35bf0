package io.emulsion.shard;

import java.util.Locale;

/** A finished file in the fragment of a manifest that one task leaves. */
public record FragmentEntry(Kind kind, ShardInfo file) {
  /** In which section of the manifest the file belongs. */
  public enum Kind {
    SHARD,
    QUARANTINE;

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
