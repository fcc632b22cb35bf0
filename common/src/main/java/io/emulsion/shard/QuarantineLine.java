package io.emulsion.shard;

/**
 * An input that could not be used.
 *
 * @param id of the image
 * @param reason one upper-case word, for counting
 * @param message what exactly is wrong, for people
 * @param sizeBytes length of the input
 */
public record QuarantineLine(String id, String reason, String message, long sizeBytes) {}
