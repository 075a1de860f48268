package com.acme;

/** The project's own code; the quick start needs nothing of it. */
public final class Greeting {

    private Greeting() {}

    public static String to(String name) {
        return "Hello, " + name;
    }
}
