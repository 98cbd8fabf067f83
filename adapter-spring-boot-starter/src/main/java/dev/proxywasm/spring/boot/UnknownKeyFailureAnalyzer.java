package dev.proxywasm.spring.boot;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.PropertyMatches;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.StringUtils;

/** Explains a key below {@code proxy-wasm} that is unknown: where it stands, what it was probably meant to be, what there is. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnknownKeyFailureAnalyzer extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
        return cause.getUnboundProperties().stream()
                .filter(property -> KnownKeys.TOP.isAncestorOf(property.getName()))
                .findFirst()
                .map(property -> analysis(property, cause))
                .orElse(null);
    }

    private static FailureAnalysis analysis(ConfigurationProperty property, Throwable cause) {
        String place = property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")";
        String action = KnownKeys.firstUnknown(property.getName())
                .map(UnknownKeyFailureAnalyzer::action)
                .orElse("Remove the property.");
        return new FailureAnalysis(
                "The property '" + property.getName() + "'" + place + " is unknown to Proxy-Wasm.", action, cause);
    }

    private static String action(KnownKeys.Unknown unknown) {
        String keys = KnownKeys.components(unknown.level())
                .map(component -> SettingsTree.kebab(component.getName()))
                .collect(Collectors.joining(", "));
        return meant(unknown) + "Below '" + unknown.parent() + "' there are: " + (keys.isEmpty() ? "none" : keys)
                + ". A name of your own that has a dot in it stands in brackets: \"[geo.example]\".";
    }

    private static String meant(KnownKeys.Unknown unknown) {
        String camel = StringUtils.uncapitalize(StringUtils.collectionToDelimitedString(words(unknown.key()), ""));
        String[] nearest = PropertyMatches.forField(camel, unknown.level()).getPossibleMatches();
        return nearest.length == 0
                ? ""
                : "Did you mean '" + unknown.parent().append(SettingsTree.kebab(nearest[0])) + "'? ";
    }

    private static List<String> words(String key) {
        return Arrays.stream(key.split("-", -1)).map(StringUtils::capitalize).toList();
    }
}
