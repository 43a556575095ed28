/** Artifacts in any S3-compatible server, through the MinIO Java SDK. */
@NullMarked
package io.taforge.adapter.minio;

import org.jspecify.annotations.NullMarked;
