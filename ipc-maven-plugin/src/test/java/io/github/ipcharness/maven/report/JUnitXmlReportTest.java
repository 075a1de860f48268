package io.github.ipcharness.maven.report;

import static io.github.ipcharness.maven.report.Results.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.surefire.log.api.NullConsoleLogger;
import org.apache.maven.plugins.surefire.report.ReportTestCase;
import org.apache.maven.plugins.surefire.report.ReportTestSuite;
import org.apache.maven.plugins.surefire.report.TestSuiteXmlParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JUnitXmlReportTest {

    private static final String SENTENCE = "17 was put before 18, but \"18\" was taken first";

    @TempDir
    Path directory;

    private ReportTestSuite readBack(ScenarioResult result) throws Exception {
        JUnitXmlReport.write(result, directory);
        TestSuiteXmlParser parser = new TestSuiteXmlParser(new NullConsoleLogger());
        try (InputStreamReader reader = new InputStreamReader(
                Files.newInputStream(directory.resolve("TEST-ipc.queue.orders.xml")), StandardCharsets.UTF_8)) {
            List<ReportTestSuite> suites = parser.parse(reader);
            assertThat(suites).hasSize(1);
            return suites.get(0);
        }
    }

    @Test
    void everyCheckOfEveryObjectIsATestCase() throws Exception {
        ReportTestSuite suite = readBack(passing());

        assertThat(suite.getFullClassName()).isEqualTo("ipc.queue.orders");
        assertThat(suite.getNumberOfTests()).isEqualTo(3);
        assertThat(suite.getNumberOfFailures()).isZero();
        assertThat(suite.getNumberOfErrors()).isZero();
        assertThat(suite.getTestCases())
                .extracting(ReportTestCase::getName)
                .containsExactly("processes", "queue orders: order", "queue orders: loss");
        assertThat(suite.getTestCases()).allMatch(ReportTestCase::isSuccessful);
    }

    @Test
    void aViolationIsAFailureWithItsSentenceInTheMessageAndTheBody() throws Exception {
        ReportTestSuite suite = readBack(failing());

        ReportTestCase order = suite.getTestCases().get(1);
        assertThat(suite.getNumberOfFailures()).isEqualTo(1);
        assertThat(order.hasFailure()).isTrue();
        assertThat(order.getFailureMessage()).isEqualTo(SENTENCE);
        assertThat(order.getFailureDetail()).contains(SENTENCE, "put 17 by producer-0", REPEAT);
        assertThat(order.getFailureType()).isEqualTo("ipc.order");
    }

    @Test
    void aDoubtIsAnError() throws Exception {
        ReportTestSuite suite = readBack(result(List.of(ended("producer-0")), queue(unknown("order"))));

        assertThat(suite.getNumberOfErrors()).isEqualTo(1);
        assertThat(suite.getTestCases().get(1).hasError()).isTrue();
        assertThat(suite.getTestCases().get(1).getFailureMessage()).isEqualTo("the search took too long");
    }

    @Test
    void aCrashFailsTheProcessesAndWhatItWroteCannotBreakTheFile() throws Exception {
        ReportTestSuite suite = readBack(result(List.of(crashed("producer-0"), crashed("consumer-0"))));

        ReportTestCase processes = suite.getTestCases().get(0);
        assertThat(suite.getNumberOfTests()).isEqualTo(1);
        assertThat(processes.hasFailure()).isTrue();
        assertThat(processes.getFailureDetail())
                .contains("producer-0 was ended", "consumer-0 was ended", "Exception in thread <main> & ]]> \uFFFD");
    }
}
