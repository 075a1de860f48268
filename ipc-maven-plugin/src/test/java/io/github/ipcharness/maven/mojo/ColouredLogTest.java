package io.github.ipcharness.maven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import org.apache.maven.plugin.logging.Log;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColouredLogTest {

    private final Log maven = mock(Log.class);
    private final Log log = ColouredLog.always(maven);

    @ParameterizedTest
    @CsvSource({
        "'  PASSED in 0.3 s', '  <1;32mPASSED<m in 0.3 s'",
        "'  FAILED: 17 was lost', '  <1;31mFAILED<m: 17 was lost'",
        "'  UNKNOWN: too much', '  <1;33mUNKNOWN<m: too much'",
        "'  unknown, and tolerated: too much', '  <1;33munknown, and tolerated<m: too much'",
        "'[producer-0] FAILED: says the program', '<36m[producer-0]<m FAILED: says the program'",
        "'[consumer-1#2] again', '<36m[consumer-1#2]<m again'",
        "'orders: ok (order): 3 operations judged', 'orders: <1;32mok<m (order): 3 operations judged'",
        "'orders: violation (order): put', 'orders: <1;31mviolation<m (order): put'",
    })
    void whoseLineItIsAndWhetherAllIsWellIsColoured(String line, String coloured) {
        log.info(line);

        verify(maven).info((CharSequence) coloured.replace("<", "\033["));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "queue default: 1 producer (built-in)",
                "    PASSED on a line of evidence",
                "PASSEDlike",
                "[10] and so on",
                "100,000 ok"
            })
    void theRestStaysAsItIs(String line) {
        log.error(line);

        verify(maven).error((CharSequence) line);
    }

    /** In this JVM there is no Maven that colours. */
    @Test
    void whereMavenDoesNotColourNothingIs() {
        assertThat(ColouredLog.of(maven)).isSameAs(maven);
    }
}
