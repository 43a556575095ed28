package io.taforge.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What is recorded of who did what.
 *
 * @param isEnabled whether anything is
 * @param folder where
 * @param retention for how long
 * @param isStrict whether what cannot be recorded is not done
 */
public record AuditSettings(boolean isEnabled, Path folder, Duration retention, boolean isStrict) {}
