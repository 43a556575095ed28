package io.taforge.storage.remote;

import io.taforge.artifact.Sha256;

/**
 * A piece of content that goes up in one request.
 *
 * @param number counted from 1
 * @param offset number of its first byte within the content
 * @param length how many bytes
 * @param sha256 checksum of its bytes
 */
public record Part(int number, long offset, long length, Sha256 sha256) {}
