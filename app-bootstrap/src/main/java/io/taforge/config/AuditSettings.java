package io.taforge.config;

import java.time.Duration;

/**
 * What is recorded of who did what.
 *
 * @param isEnabled whether anything is
 * @param retention how long
 */
public record AuditSettings(boolean isEnabled, Duration retention) {}
