/** The goals: parameters, and a few lines that hand them on. */
package io.github.ipcharness.maven.mojo;
