package io.emulsion.shard;

/**
 * A file that a record is, or a part of it.
 *
 * @param folder one of {@link FolderFormat#folders()}
 * @param name in the folder of its shard below it
 */
@SuppressWarnings("ArrayRecordComponent") // files are never compared
public record RecordFile(String folder, String name, byte[] bytes) {}
