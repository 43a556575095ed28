package io.taforge.benchmark;

/**
 * One turn of one contestant.
 *
 * @param operationsPerSecond of all its threads together
 * @param cpuSeconds of its process for one operation; NaN if other processes did the work
 */
record Round(double operationsPerSecond, double cpuSeconds) {}
