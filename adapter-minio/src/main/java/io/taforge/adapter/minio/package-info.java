/**
 * Artifacts in any S3-compatible server, through the MinIO Java SDK. Its store is yet to come; the
 * place is kept for it.
 */
@NullMarked
package io.taforge.adapter.minio;

import org.jspecify.annotations.NullMarked;
