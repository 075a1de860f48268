/**
 * Suites that any transport between processes can be run through: one for each contract. A test class extends one of them,
 * and says how the transport is opened; real processes then use it, and some of them are killed or stand still.
 */
package io.github.ipcharness.ipc.conformance;
