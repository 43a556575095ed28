package io.taforge.adapter.minio;

import io.taforge.storage.VersionToken;

/**
 * What a server tells of something that it has stored.
 *
 * @param headers of its answer
 * @param version the ETag in its wire form, with nothing between the quotes if it tells none
 */
record Written(AnswerHeaders headers, VersionToken version) {}
