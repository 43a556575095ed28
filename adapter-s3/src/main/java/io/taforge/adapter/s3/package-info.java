/**
 * Artifacts in Amazon S3, through the AWS SDK for Java, and in any server that speaks the same
 * protocol.
 *
 * <p>The promises are kept in {@link io.taforge.storage.remote.RemoteArtifactStore}. Here are the
 * requests ({@link io.taforge.adapter.s3.S3Server}) and what their failures mean ({@link
 * io.taforge.adapter.s3.S3Failures}).
 */
@NullMarked
package io.taforge.adapter.s3;

import org.jspecify.annotations.NullMarked;
