package io.github.ipcharness.ipc.conforming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.github.ipcharness.ipc.conformance.ConnectionConformance;
import io.github.ipcharness.ipc.conformance.LockConformance;
import io.github.ipcharness.ipc.conformance.NumberConformance;
import io.github.ipcharness.ipc.conformance.QueueConformance;
import io.github.ipcharness.ipc.conformance.ValueConformance;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Each test of each suite fails, when it is run with a transport that is wrong in what the test looks for. */
class SuitesCanFailTest {

    private static final String LIMIT = "ipc.conformance.limit";

    private static final Map<Class<?>, Class<?>> SUITES = Map.of(
            QueueConformance.class, BrokenQueues.class,
            ConnectionConformance.class, BrokenConnections.class,
            ValueConformance.class, BrokenValues.class,
            NumberConformance.class, BrokenNumbers.class,
            LockConformance.class, BrokenLocks.class);

    @BeforeEach
    void waitShortly() {
        System.setProperty(LIMIT, "2");
    }

    @AfterEach
    void waitAsLongAsBefore() {
        System.clearProperty(LIMIT);
    }

    static Stream<Arguments> broken() {
        return SUITES.values().stream()
                .flatMap(all -> Stream.of(all.getDeclaredClasses()))
                .filter(type -> type.isAnnotationPresent(Fails.class))
                .flatMap(type -> Stream.of(type.getAnnotation(Fails.class).value())
                        .map(test -> Arguments.of(type.getSimpleName(), test, type)));
    }

    @ParameterizedTest(name = "{1} finds what {0}")
    @MethodSource("broken")
    void itIsFound(String name, String test, Class<?> type) {
        Method method = tests(type.getSuperclass().getSuperclass())
                .filter(each -> each.getName().equals(test))
                .findAny()
                .orElseThrow();
        var tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectMethod(type, method))
                .execute()
                .testEvents();
        assertThat(tests.failed().count()).as("failures of %s", test).isPositive();
    }

    @Test
    void noTestIsForgotten() {
        Set<String> all = SUITES.keySet().stream()
                .flatMap(SuitesCanFailTest::tests)
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> found = broken().map(each -> (String) each.get()[1]).toList();
        assertThat(all).hasSizeGreaterThan(30).isSubsetOf(found);
    }

    private static Stream<Method> tests(Class<?> suite) {
        return Arrays.stream(suite.getDeclaredMethods())
                .filter(method ->
                        method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class));
    }
}
