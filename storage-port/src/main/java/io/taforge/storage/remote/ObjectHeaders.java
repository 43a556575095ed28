package io.taforge.storage.remote;

import io.taforge.artifact.ContentType;
import io.taforge.artifact.Tags;

/**
 * What is stored with an object's content.
 *
 * @param contentType what the content is
 * @param metadata goes into headers {@code x-amz-meta-…}
 * @param tags goes into the header {@code x-amz-tagging}, if there are any
 */
public record ObjectHeaders(ContentType contentType, WireMetadata metadata, Tags tags) {}
