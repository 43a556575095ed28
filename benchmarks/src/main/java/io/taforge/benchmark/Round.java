package io.taforge.benchmark;

/**
 * One turn of one contestant.
 *
 * @param operationsPerSecond of all its threads together
 * @param cpuSeconds of its process for one operation; 0 if other processes did the work
 */
record Round(double operationsPerSecond, double cpuSeconds) {}
