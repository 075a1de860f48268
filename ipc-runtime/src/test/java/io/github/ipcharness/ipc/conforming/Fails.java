package io.github.ipcharness.ipc.conforming;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Which tests of its suite a transport must fail. */
@Retention(RetentionPolicy.RUNTIME)
@interface Fails {

    String[] value();
}
