package io.emulsion.shard;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** {@link FragmentEntry} to and from the fields of a JSON object. */
final class FragmentEntryParser {
  private FragmentEntryParser() {}

  static void writeFields(FragmentEntry entry, JsonGenerator json) throws IOException {
    json.writeStringField("kind", entry.kind().key());
    json.writeStringField("folder", entry.folder());
    json.writeStringField("beside", entry.beside());
    ShardInfoParser.writeFields(entry.file(), json);
  }

  /** Reads the fields up to the end of the object that {@code json} is in. */
  static FragmentEntry fromJson(StrictJson json) throws IOException {
    FragmentEntry.Kind kind = kind(json.string("kind"), json);
    String folder = json.string("folder");
    if (!folder.isEmpty() && !ShardInfoParser.isPath(folder)) {
      throw json.damaged("'" + folder + "' is not the path of a folder in the data set");
    }
    String beside = json.string("beside");
    return new FragmentEntry(kind, folder, ShardInfoParser.fromJson(json), beside);
  }

  private static FragmentEntry.Kind kind(String key, StrictJson json) throws DamagedShardException {
    for (FragmentEntry.Kind kind : FragmentEntry.Kind.values()) {
      if (kind.key().equals(key)) {
        return kind;
      }
    }
    throw json.damaged("'" + key + "' is not a kind of file");
  }
}
