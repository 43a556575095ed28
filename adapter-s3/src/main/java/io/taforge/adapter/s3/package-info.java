/**
 * Artifacts in Amazon S3, through the AWS SDK for Java. Its store is yet to come; the place is kept
 * for it.
 */
@NullMarked
package io.taforge.adapter.s3;

import org.jspecify.annotations.NullMarked;
