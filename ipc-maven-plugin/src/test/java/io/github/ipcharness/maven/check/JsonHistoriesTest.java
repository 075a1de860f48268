package io.github.ipcharness.maven.check;

import static io.github.ipcharness.maven.check.Notation.verdict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that anybody may write: single quotes stand for double ones here. */
class JsonHistoriesTest {

    private static final String QUEUE = "{'history':1,'name':'orders','kind':'queue'}";
    private static final String VALUE = "{'history':1,'name':'total','kind':'value'}";

    @TempDir
    Path folder;

    private Path file(String... lines) throws IOException {
        Path file = folder.resolve("any.jsonl");
        Files.writeString(file, String.join("\n", lines).replace('\'', '"'));
        return file;
    }

    private List<History> read(String... lines) throws IOException {
        return JsonHistories.read(file(lines));
    }

    @Test
    void theExampleOfTheFormat() throws IOException {
        History history = read(
                        "{'history':1,'name':'orders','kind':'queue','capacity':1024,'drained':true}",
                        "{'process':'p0','op':'put','value':1,'call':100,'return':180,'result':'ok'}",
                        "{'process':'p1','op':'get','call':120,'return':260,'result':'ok','value':1}",
                        "{'process':'p0','op':'put','value':2,'call':300,'return':null}")
                .get(0);

        assertThat(history.name()).isEqualTo("orders");
        assertThat(history.kind()).isEqualTo("queue");
        assertThat(history.capacity()).hasValue(1024);
        assertThat(history.drained()).isTrue();
        assertThat(history.size()).isEqualTo(3);
        assertThat(List.of(history.describe(0), history.describe(1), history.describe(2)))
                .containsExactly("put(1) by p0", "get -> 1 by p1", "put(2) by p0");
        assertThat(history.call(0)).isEqualTo(100);
        assertThat(history.returned(0)).isEqualTo(180);
        assertThat(history.isPending(2)).isTrue();
        assertThat(history.line(0)).isEqualTo(2);
    }

    @Test
    void unknownKeysAreIgnored() throws IOException {
        assertThat(read(
                        "{'history':1,'name':'orders','kind':'queue','expect':'ok','by':{'tool':['x',{}],'v':1.5}}",
                        "{'process':'p','op':'put','value':1,'call':0,'return':1,'result':'ok','thread':7,'tags':[1]}"))
                .singleElement()
                .extracting(History::size)
                .isEqualTo(1);
    }

    @Test
    void blankLinesAreIgnoredButCounted() throws IOException {
        History history = read(
                        "",
                        QUEUE,
                        "   ",
                        "{'process':'p','op':'get','value':1,'call':0,'return':1,'result':'ok'}\r",
                        "\r",
                        "")
                .get(0);

        assertThat(verdict(history)).isEqualTo("invented: p got 1, which nobody ever put in [4]");
    }

    @Test
    void manyHistoriesInOneFile() throws IOException {
        List<History> histories = read(
                QUEUE,
                "{'process':'p','op':'put','value':1,'call':0,'return':1,'result':'ok'}",
                VALUE,
                "{'process':'p','op':'write','value':1,'call':0,'return':1}",
                "{'process':'p','op':'read','value':1,'call':2,'return':3}",
                QUEUE.replace("orders", "more"),
                "{'process':'p','op':'get','value':1,'call':0,'return':1,'result':'ok'}");

        assertThat(histories).extracting(History::name).containsExactly("orders", "total", "more");
        assertThat(histories).extracting(History::size).containsExactly(1, 2, 1);
        assertThat(histories)
                .extracting(Notation::verdict)
                .containsExactly("passed", "passed", "invented: p got 1, which nobody ever put in [7]");
    }

    @Test
    void aHistoryWithoutOperationsIsUnknown() throws IOException {
        assertThat(read(QUEUE, VALUE))
                .extracting(Notation::verdict)
                .containsExactly(
                        "Optional[Unknown[check=strength, why=nothing was recorded of queue orders]]",
                        "Optional[Unknown[check=strength, why=nothing was recorded of value total]]");
    }

    @Test
    void severalObjectsAreJudgedApart() throws IOException {
        List<History> histories = read(
                QUEUE,
                "{'process':'p','object':'left','op':'put','value':1,'call':0,'return':1,'result':'ok'}",
                "{'process':'p','object':'right','op':'put','value':1,'call':2,'return':3,'result':'ok'}",
                "{'process':'p','op':'put','value':1,'call':4,'return':5,'result':'ok'}",
                "{'process':'q','object':'right','op':'get','value':1,'call':6,'return':7,'result':'ok'}",
                "{'process':'q','object':'orders','op':'get','value':2,'call':6,'return':7,'result':'ok'}");

        assertThat(histories).extracting(History::name).containsExactly("orders/left", "orders/right", "orders");
        assertThat(histories).extracting(History::source).containsOnly("orders");
        assertThat(histories)
                .extracting(Notation::verdict)
                .containsExactly("passed", "passed", "invented: q got 2, which nobody ever put in [6]");
    }

    @Test
    void elementsOfAnArrayAreJudgedApart() throws IOException {
        List<History> histories = read(
                "{'history':1,'name':'cells','kind':'value','initial':7}",
                "{'process':'p','index':0,'op':'write','value':1,'call':0,'return':1}",
                "{'process':'p','index':1,'op':'read','value':7,'call':2,'return':3}",
                "{'process':'p','index':0,'object':'more','op':'read','value':7,'call':4,'return':5}",
                "{'process':'p','index':0,'op':'read','value':7,'call':6,'return':7}");

        assertThat(histories).extracting(History::name).containsExactly("cells[0]", "cells[1]", "cells/more[0]");
        assertThat(histories)
                .extracting(Notation::verdict)
                .containsExactly(
                        "stale read: read -> 7 by p is stale: write(1) by p had finished 5 ticks before it began"
                                + " [2, 5]",
                        "passed",
                        "passed");
    }

    @Test
    void stringsAreValues() throws IOException {
        assertThat(read(
                        VALUE,
                        "{'process':'w','op':'write','value':'one','call':0,'return':1}",
                        "{'process':'w','op':'write','value':'two','call':2,'return':3}",
                        "{'process':'r','op':'read','value':'one','call':4,'return':5}"))
                .extracting(Notation::verdict)
                .containsExactly("stale read: read -> \"one\" by r is stale: the value was \"one\" already before"
                        + " write(\"two\") by w began, and write(\"two\") by w had finished 1 tick before that read"
                        + " began [2, 3, 4]");
    }

    @Test
    void aStringOfDigitsIsNoNumber() throws IOException {
        assertThat(read(
                        QUEUE,
                        "{'process':'p','op':'put','value':'1','call':0,'return':1,'result':'ok'}",
                        "{'process':'q','op':'get','value':1,'call':2,'return':3,'result':'ok'}"))
                .extracting(Notation::verdict)
                .containsExactly("invented: q got 1, which nobody ever put in [3]");
    }

    @Test
    void stringsMayBeSwapped() throws IOException {
        assertThat(read(
                        "{'history':1,'name':'leader','kind':'value','initial':'nobody'}",
                        "{'process':'a','op':'cas','expect':'nobody','value':'a','call':0,'return':1,'result':'ok'}",
                        "{'process':'b','op':'cas','expect':'nobody','value':'b','call':2,'return':3,'result':'ok'}"))
                .extracting(Notation::verdict)
                .containsExactly("lost update: cas(\"nobody\" -> \"b\") by b cannot be, 1 tick after"
                        + " cas(\"nobody\" -> \"a\") by a had finished: before it the value can only have been \"a\""
                        + " [2, 3]");
    }

    @Test
    void nothingCanBeAddedToAString() throws IOException {
        assertThat(read(
                        "{'history':1,'name':'total','kind':'value','initial':'zero'}",
                        "{'process':'a','op':'add','delta':1,'value':0,'call':0,'return':1}"))
                .extracting(Notation::verdict)
                .containsExactly(
                        "Optional[Unknown[check=linearizable, why=something was added to values that are no numbers]]");
    }

    @Test
    void allIntegersOf64BitsAreValuesAndStamps() throws IOException {
        History history = read(
                        QUEUE,
                        "{'process':'p','op':'put','value':-9223372036854775808,'call':-9223372036854775808,"
                                + "'return':-9223372036854775807,'result':'ok'}",
                        "{'process':'p','op':'put','value':9223372036854775807,'call':-9223372036854775806,"
                                + "'return':0,'result':'ok'}",
                        "{'process':'q','op':'get','value':9223372036854775807,'call':9223372036854775804,"
                                + "'return':9223372036854775805,'result':'ok'}",
                        "{'process':'q','op':'get','value':-9223372036854775808,'call':9223372036854775806,"
                                + "'return':9223372036854775806,'result':'ok'}")
                .get(0);

        assertThat(verdict(history))
                .isEqualTo("order: put(-9223372036854775808) by p had finished 1 tick before"
                        + " put(9223372036854775807) by p began, yet q got 9223372036854775807 1 tick before anyone"
                        + " asked for -9223372036854775808 [2, 3, 4, 5]");
    }

    @Test
    void aDistanceBeyond64BitsIsVeryLong() throws IOException {
        assertThat(read(
                        VALUE,
                        "{'process':'w','op':'write','value':1,'call':-9223372036854775808,"
                                + "'return':-9223372036854775807}",
                        "{'process':'r','op':'read','value':0,'call':9223372036854775805,"
                                + "'return':9223372036854775806}"))
                .extracting(Notation::verdict)
                .containsExactly("stale read: read -> 0 by r is stale: write(1) by w had finished very long before it"
                        + " began [2, 3]");
    }

    @Test
    void timeoutsFoundNothingUnlessTheyAreSaidToHaveNoEffect() throws IOException {
        String[] lines = {
            QUEUE,
            "{'process':'p','op':'put','value':1,'call':0,'return':1,'result':'ok'}",
            "{'process':'q','op':'get','call':2,'return':3,'result':'empty'}"
        };
        assertThat(read(lines)).extracting(Notation::verdict).allMatch(said -> said.startsWith("empty: "));

        lines[0] = "{'history':1,'name':'orders','kind':'queue','timeouts':'noEffect'}";
        assertThat(read(lines)).extracting(Notation::verdict).containsExactly("passed");
        assertThat(read(lines)).extracting(History::size).containsExactly(1);
    }

    @Test
    void aTimeoutWithoutEffectIsASignOfLife() throws IOException {
        assertThat(read(
                        "{'history':1,'name':'chat','kind':'pipe','timeouts':'noEffect'}",
                        "{'process':'p','end':'a','op':'send','value':1,'call':0,'return':1}",
                        "{'process':'q','end':'b','op':'receive','value':1,'call':2,'return':3,'result':'ok'}",
                        "{'process':'q','end':'b','op':'receive','call':4,'return':5,'result':'closed'}",
                        "{'process':'p','end':'a','op':'receive','call':6,'return':7,'result':'empty'}"))
                .extracting(Notation::verdict)
                .allMatch(
                        said -> said.startsWith("end of stream: receive by q was told the end of the stream 2 ticks"));
    }

    @Test
    void anEmptyFileHoldsNoHistory() throws IOException {
        Path file = file("", " ");

        assertThatThrownBy(() -> JsonHistories.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ": no line has the key \"history\", so it holds no history");
    }

    @Test
    void anOperationBeforeAnyHeader() throws IOException {
        Path file = file("", "{'process':'p','op':'put','value':1,'call':0,'return':1,'result':'ok'}", QUEUE);

        assertThatThrownBy(() -> JsonHistories.read(file))
                .hasMessage(file + ":2: key \"history\" must be in the first line, it is missing");
    }

    @Test
    void bytesThatAreNoText() throws IOException {
        Path file = folder.resolve("binary.jsonl");
        Files.write(file, new byte[] {(byte) 0xC3, (byte) 0x28});

        assertThatThrownBy(() -> JsonHistories.read(file)).hasMessage(file + ": not UTF-8 after line 0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'history':2,'name':'x','kind':'queue'} | 'history' must be 1, the version of the format, found 2",
                "{'history':'1','name':'x','kind':'queue'} | 'history' must be a 64-bit integer, found '1'",
                "{'history':1,'kind':'queue'} | 'name' must be a string, it is missing",
                "{'history':1,'name':7,'kind':'queue'} | 'name' must be a string, found 7",
                "{'history':1,'name':'x'} | 'kind' must be a string, it is missing",
                "{'history':1,'name':'x','kind':'set'} | 'kind' must be queue, pipe, value or lock, found 'set'",
                "{'history':1,'name':'x','kind':'queue','capacity':0} | 'capacity' must be at least 1, found 0",
                "{'history':1,'name':'x','kind':'queue','capacity':1.5} | 'capacity' must be a 64-bit integer, found 1.5",
                "{'history':1,'name':'x','kind':'queue','drained':1} | 'drained' must be true or false, found 1",
                "{'history':1,'name':'x','kind':'value','initial':[0]}"
                        + " | 'initial' must be a 64-bit integer or a string, found a list",
                "{'history':1,'name':'x','kind':'value','type':'byte'}"
                        + " | 'type' must be long, int, double, boolean or message, found 'byte'",
            })
    void aWrongHeader(String header, String error) throws IOException {
        Path file = file(QUEUE, header);

        assertThatThrownBy(() -> JsonHistories.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ":2: key " + error.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'op':'put','value':1,'call':0,'return':1,'result':'ok'} | 'process' must be a string, it is missing",
                "{'process':0,'op':'put','value':1,'call':0,'return':1,'result':'ok'}"
                        + " | 'process' must be a string, found 0",
                "{'process':'p','value':1,'call':0,'return':1,'result':'ok'}"
                        + " | 'op' must be 'put' or 'get', it is missing",
                "{'process':'p','op':'send','value':1,'call':0,'return':1,'result':'ok'}"
                        + " | 'op' must be 'put' or 'get', found 'send'",
                "{'process':'p','op':'put','value':1,'return':1,'result':'ok'}"
                        + " | 'call' must be a 64-bit integer, it is missing",
                "{'process':'p','op':'put','value':1,'call':null,'return':1,'result':'ok'}"
                        + " | 'call' must be a 64-bit integer, found null",
                "{'process':'p','op':'put','value':1,'call':'0','return':1,'result':'ok'}"
                        + " | 'call' must be a 64-bit integer, found '0'",
                "{'process':'p','op':'put','value':1,'call':0,'result':'ok'}"
                        + " | 'return' must be a 64-bit integer, or null if the operation never returned, it is missing",
                "{'process':'p','op':'put','value':1,'call':5,'return':4,'result':'ok'}"
                        + " | 'return' must be at least 'call' (5) and less than 9223372036854775807, found 4",
                "{'process':'p','op':'put','value':1,'call':5,'return':9223372036854775807,'result':'ok'}"
                        + " | 'return' must be at least 'call' (5) and less than 9223372036854775807,"
                        + " found 9223372036854775807",
                "{'process':'p','op':'put','value':1,'call':0,'return':1}"
                        + " | 'result' must be 'ok' or 'full', it is missing",
                "{'process':'p','op':'get','value':1,'call':0,'return':1,'result':'full'}"
                        + " | 'result' must be 'ok' or 'empty', found 'full'",
                "{'process':'p','op':'put','call':0,'return':1,'result':'ok'}"
                        + " | 'value' must be a 64-bit integer or a string, it is missing",
                "{'process':'p','op':'put','value':9223372036854775808,'call':0,'return':1,'result':'ok'}"
                        + " | 'value' must be a 64-bit integer or a string, found 9223372036854775808",
                "{'process':'p','op':'put','value':true,'call':0,'return':1,'result':'ok'}"
                        + " | 'value' must be a 64-bit integer or a string, found true",
                "{'process':'p','op':'get','call':0,'return':1,'result':'ok'}"
                        + " | 'value' must be a 64-bit integer or a string, it is missing",
                "{'process':'p','object':3,'op':'get','call':0,'return':null} | 'object' must be a string, found 3",
            })
    void aWrongOperationOfAQueue(String operation, String error) throws IOException {
        assertError(QUEUE, operation, error);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'process':'p','op':'cas','value':1,'call':0,'return':1,'result':'ok'}"
                        + " | 'expect' must be a 64-bit integer or a string, it is missing",
                "{'process':'p','op':'cas','value':1,'expect':0,'call':0,'return':1}"
                        + " | 'result' must be 'ok' or 'miss', it is missing",
                "{'process':'p','op':'add','value':1,'call':0,'return':1}"
                        + " | 'delta' must be a 64-bit integer, it is missing",
                "{'process':'p','op':'add','delta':'1','value':1,'call':0,'return':1}"
                        + " | 'delta' must be a 64-bit integer, found '1'",
                "{'process':'p','op':'add','delta':1,'call':0,'return':1}"
                        + " | 'value' must be a 64-bit integer, it is missing",
                "{'process':'p','op':'read','index':'0','value':1,'call':0,'return':1}"
                        + " | 'index' must be a 64-bit integer, found '0'",
            })
    void aWrongOperationOfAValue(String operation, String error) throws IOException {
        assertError(VALUE, operation, error);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'process':'p','op':'send','value':1,'call':0,'return':1} | 'end' must be a string, it is missing",
                "{'process':'p','op':'close','end':'c','call':0,'return':1} | 'end' must be 'a' or 'b', found 'c'",
            })
    void aWrongOperationOfAPipe(String operation, String error) throws IOException {
        assertError("{'history':1,'name':'chat','kind':'pipe'}", operation, error);
    }

    private void assertError(String header, String operation, String error) throws IOException {
        Path file = file(header, operation);

        assertThatThrownBy(() -> JsonHistories.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ":2: key " + error.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[1] | a line must be a JSON object: [1]",
                "{'process':'p'} {} | a line must be one JSON object and nothing more: {'process':'p'} {}",
                "{'process':'p' | not JSON: ",
                "{'process':'p','process':'q'} | not JSON: Duplicate ",
                "put 1 | not JSON: ",
                "1 | a line must be a JSON object: 1",
                "{'process':'p'} put | not JSON: ",
                "{'by':{'tool':1,'tool':2}} | not JSON: Duplicate ",
            })
    void aLineThatIsNoObject(String line, String error) throws IOException {
        Path file = file(QUEUE, line);

        assertThatThrownBy(() -> JsonHistories.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + ":2: " + error.replace('\'', '"'));
    }

    @Test
    void anObjectOfTwoLines() throws IOException {
        Path file = file(QUEUE, "{'process':'p',", "'op':'put'}");

        assertThatThrownBy(() -> JsonHistories.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        file + ":2: a line must be a JSON object, not one that goes on to line 3: {\"process\":\"p\",");
    }

    @Test
    void anErrorNamesItsLineWhereverItStands() throws IOException {
        String right = "{'process':'p','op':'get','call':0,'return':1,'result':'empty'}";
        Path file = file(QUEUE, right, right, "", right, "{'process':'p' 'op'}", right);

        assertThatThrownBy(() -> JsonHistories.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + ":6: not JSON: ");
    }
}
