package io.github.ipcharness.maven.mojo;

/** What {@code <readyWhen>} holds: one of the three. */
public class Ready {

    /** A regular expression; a line that the process writes must have a match of it. */
    private String log;

    /** A file that the process writes; relative to its working directory. */
    private String file;

    /** The name of a queue, pipe, value, lock or recorder that the process opens. */
    private String object;

    public void setLog(String value) {
        log = value;
    }

    public void setFile(String value) {
        file = value;
    }

    public void setObject(String value) {
        object = value;
    }

    String log() {
        return log;
    }

    String file() {
        return file;
    }

    String object() {
        return object;
    }
}
