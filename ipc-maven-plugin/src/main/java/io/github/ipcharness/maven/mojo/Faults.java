package io.github.ipcharness.maven.mojo;

import io.github.ipcharness.maven.scenario.FaultBuilder;
import io.github.ipcharness.maven.scenario.InvalidScenarioException;
import java.util.ArrayList;
import java.util.List;
import org.codehaus.plexus.configuration.PlexusConfiguration;

/**
 * The parameter {@code faults}.
 *
 * <p>Read as it stands in the pom rather than into a bean for each element: what Maven says of an element that names no
 * class, or no field of it, is not what a user needs to hear, and another in each version of Maven.
 */
final class Faults {

    private Faults() {}

    /** @param faults null if there are none */
    static List<FaultBuilder> parse(PlexusConfiguration faults) {
        List<FaultBuilder> builders = new ArrayList<>();
        if (faults == null) {
            return builders;
        }
        String text = faults.getValue("");
        if (faults.getChildCount() == 0 && text != null && !text.isBlank()) {
            throw new InvalidScenarioException(
                    "faults must hold elements such as <kill><role>producer</role></kill>: " + text.trim());
        }
        for (PlexusConfiguration fault : faults.getChildren()) {
            FaultBuilder builder = new FaultBuilder(fault.getName());
            for (PlexusConfiguration parameter : fault.getChildren()) {
                builder.set(parameter.getName(), parameter.getValue(""));
            }
            builders.add(builder);
        }
        return builders;
    }
}
