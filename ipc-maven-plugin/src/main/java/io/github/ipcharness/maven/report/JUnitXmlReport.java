package io.github.ipcharness.maven.report;

import io.github.ipcharness.maven.check.Verdict;
import io.github.ipcharness.maven.scenario.Goal;
import io.github.ipcharness.maven.scenario.Scenario;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A scenario as a test suite, in the format of surefire 3.0.2, which every build server reads: a test case for the
 * processes, and one for each check of each object.
 */
public final class JUnitXmlReport {

    private static final String PREFIX = "TEST-";
    private static final String SUFFIX = ".xml";
    private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";
    private static final String SCHEMA =
            "https://maven.apache.org/surefire/maven-surefire-plugin/xsd/surefire-test-report.xsd";

    /** One element; no problems, no failure. */
    private record TestCase(String name, List<Problem> problems) {}

    private JUnitXmlReport() {}

    /** {@code TEST-ipc.queue.orders.xml}, {@code TEST-ipc.queue.orders@17-to-25.xml}. */
    private static Path file(Path directory, Scenario scenario) {
        return directory.resolve(PREFIX + className(scenario) + SUFFIX);
    }

    private static String className(Scenario scenario) {
        return className(scenario.goal(), scenario.id())
                + (scenario.cell().isEmpty() ? "" : Scenario.CELL + scenario.cell());
    }

    private static String className(Goal goal, String id) {
        return "ipc." + goal + "." + id;
    }

    /** The reports of an execution, of all its cells. */
    public static void delete(Path directory, Goal goal, String id) throws IOException {
        CellFiles.delete(directory, PREFIX + className(goal, id), SUFFIX);
    }

    /** That of one cell. */
    public static void delete(Path directory, Scenario scenario) throws IOException {
        Files.deleteIfExists(file(directory, scenario));
    }

    public static void write(ScenarioResult result, Path directory) throws IOException {
        Files.createDirectories(directory);
        Path file = file(directory, result.scenario());
        try (Writer writer = Files.newBufferedWriter(file)) {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(writer);
            new Document(xml, result).write();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private static List<TestCase> cases(ScenarioResult result) {
        Map<String, List<Problem>> cases = new LinkedHashMap<>();
        cases.put(Problem.PROCESSES, new ArrayList<>());
        for (FaultResult fault : result.faults()) {
            cases.put(name(Problem.FAULT, fault.fault().toString()), new ArrayList<>());
        }
        for (ObjectResult object : result.objects()) {
            for (Verdict verdict : object.verdict().verdicts()) {
                cases.putIfAbsent(name(object.title(), verdict.check()), new ArrayList<>());
            }
        }
        for (Problem problem : result.problems()) {
            String name = problem.where().equals(Problem.PROCESSES)
                    ? Problem.PROCESSES
                    : name(problem.where(), problem.check());
            cases.computeIfAbsent(name, key -> new ArrayList<>()).add(problem);
        }
        List<TestCase> list = new ArrayList<>();
        cases.forEach((name, problems) -> list.add(new TestCase(name, problems)));
        return list;
    }

    private static String name(String object, String check) {
        return object + ": " + check;
    }

    /** One file being written. */
    private static final class Document {

        private final XMLStreamWriter xml;
        private final ScenarioResult result;
        private final List<TestCase> cases;
        private final String className;

        Document(XMLStreamWriter xml, ScenarioResult result) {
            this.xml = xml;
            this.result = result;
            this.cases = cases(result);
            this.className = className(result.scenario());
        }

        void write() throws XMLStreamException {
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuite");
            xml.writeNamespace("xsi", XSI);
            xml.writeAttribute("xsi", XSI, "noNamespaceSchemaLocation", SCHEMA);
            attributes(suite());
            properties();
            for (TestCase testCase : cases) {
                write(testCase);
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeEndDocument();
        }

        private Map<String, String> suite() {
            Map<String, String> suite = new LinkedHashMap<>();
            suite.put("version", "3.0.2");
            suite.put("name", className);
            suite.put("time", time(result.duration()));
            suite.put("tests", Integer.toString(cases.size()));
            suite.put("errors", Long.toString(count(Problem.Severity.ERROR)));
            suite.put("skipped", Long.toString(count(Problem.Severity.WARNING)));
            suite.put("failures", Long.toString(count(Problem.Severity.FAILURE)));
            return suite;
        }

        private long count(Problem.Severity severity) {
            return cases.stream()
                    .filter(testCase -> worst(testCase.problems()) == severity)
                    .count();
        }

        private void properties() throws XMLStreamException {
            Map<String, String> properties = new LinkedHashMap<>();
            properties.put("ipc.goal", result.scenario().goal().toString());
            properties.put("ipc.execution", result.scenario().id());
            if (!result.scenario().cell().isEmpty()) {
                properties.put("ipc.cell", result.scenario().cell());
            }
            properties.put("ipc.messages", Integer.toString(result.scenario().messages()));
            properties.put("ipc.seed", Long.toString(result.scenario().seed()));
            properties.put("ipc.runs", Integer.toString(result.runs()));
            properties.put("ipc.operations", Long.toString(result.operations()));
            properties.put("ipc.overlaps", Long.toString(result.strength().overlaps()));
            int number = 1;
            for (FaultResult fault : result.faults()) {
                properties.put("ipc.fault." + number++, fault.sentence());
            }
            start("properties", 1);
            for (Map.Entry<String, String> property : properties.entrySet()) {
                indent(2);
                xml.writeEmptyElement("property");
                attributes(Map.of("name", property.getKey(), "value", property.getValue()));
            }
            end(1);
        }

        private void write(TestCase testCase) throws XMLStreamException {
            boolean processes = testCase.name().equals(Problem.PROCESSES);
            Map<String, String> attributes = new LinkedHashMap<>();
            attributes.put("name", testCase.name());
            attributes.put("classname", className);
            attributes.put("time", time(processes ? result.duration() : Duration.ZERO));
            start("testcase", 1);
            attributes(attributes);
            if (!testCase.problems().isEmpty()) {
                write(testCase.problems());
            }
            end(1);
        }

        /** A test case has one outcome: the worst; its body has all. */
        private void write(List<Problem> problems) throws XMLStreamException {
            Problem.Severity severity = worst(problems);
            Problem first = problems.stream()
                    .filter(problem -> problem.severity() == severity)
                    .findFirst()
                    .orElseThrow();
            String element = severity == Problem.Severity.FAILURE
                    ? "failure"
                    : severity == Problem.Severity.ERROR ? "error" : "skipped";
            start(element, 2);
            Map<String, String> attributes = new LinkedHashMap<>();
            attributes.put("message", first.sentence());
            if (severity != Problem.Severity.WARNING) {
                attributes.put("type", "ipc." + first.check().replaceAll("[^\\p{L}\\p{N}]+", "-"));
            }
            attributes(attributes);
            StringBuilder body = new StringBuilder();
            for (Problem problem : problems) {
                body.append(problem.sentence()).append('\n');
                problem.details()
                        .forEach(detail -> body.append("    ").append(detail).append('\n'));
            }
            if (result.repeat() != null) {
                body.append("repeat: ").append(result.repeat()).append('\n');
            }
            // As surefire does: character data would be normalized by some of its readers.
            xml.writeCData(legal(body.toString()).replace("]]>", "]]]]><![CDATA[>"));
            xml.writeEndElement();
        }

        private static Problem.Severity worst(List<Problem> problems) {
            return problems.stream()
                    .map(Problem::severity)
                    .min(java.util.Comparator.naturalOrder())
                    .orElse(null);
        }

        private void attributes(Map<String, String> attributes) throws XMLStreamException {
            for (Map.Entry<String, String> attribute : new java.util.TreeMap<>(attributes).entrySet()) {
                xml.writeAttribute(attribute.getKey(), legal(attribute.getValue()));
            }
        }

        private void start(String element, int depth) throws XMLStreamException {
            indent(depth);
            xml.writeStartElement(element);
        }

        private void end(int depth) throws XMLStreamException {
            indent(depth);
            xml.writeEndElement();
        }

        private void indent(int depth) throws XMLStreamException {
            xml.writeCharacters("\n" + "  ".repeat(depth));
        }

        private static String time(Duration duration) {
            return String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e9);
        }

        /** XML 1.0 has no way to write most control characters, and programs put them on stderr. */
        private static String legal(String text) {
            StringBuilder legal = new StringBuilder(text.length());
            text.codePoints().forEach(c -> legal.appendCodePoint(isLegal(c) ? c : '\uFFFD'));
            return legal.toString();
        }

        private static boolean isLegal(int c) {
            return c == '\t'
                    || c == '\n'
                    || c == '\r'
                    || c >= 0x20 && c <= 0xD7FF
                    || c >= 0xE000 && c <= 0xFFFD
                    || c >= 0x10000;
        }
    }
}
