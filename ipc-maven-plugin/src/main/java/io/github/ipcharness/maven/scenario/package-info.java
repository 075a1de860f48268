/** What is to run: one execution of one goal, validated once. Knows no Maven and no judge. */
package io.github.ipcharness.maven.scenario;
