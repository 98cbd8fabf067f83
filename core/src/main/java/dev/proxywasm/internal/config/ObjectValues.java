package dev.proxywasm.internal.config;

import dev.proxywasm.internal.config.Setting.Kind;
import dev.proxywasm.internal.config.Setting.Mapping;
import dev.proxywasm.internal.config.Setting.Scalar;
import dev.proxywasm.internal.config.Setting.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Settings of any form as Java has them: {@link String}, {@link Double}, {@link Boolean}, {@link List}, {@link Map}. What says nothing is
 * left out. Recursion is as deep as the document, whose depth is limited.
 */
final class ObjectValues {

    private ObjectValues() {}

    static Map<String, Object> object(Located value, Mapping mapping) {
        Map<String, Object> object = new LinkedHashMap<>();
        mapping.entries().forEach((name, entry) -> {
            if (!entry.value().isNothing()) {
                object.put(name, any(value.child(name, entry.value())));
            }
        });
        return object;
    }

    private static Object any(Located value) {
        if (value.setting() instanceof Mapping mapping) {
            return object(value, mapping);
        }
        if (value.setting() instanceof Sequence sequence) {
            List<Object> list = new ArrayList<>();
            for (Setting item : sequence.items()) {
                if (!item.isNothing()) {
                    list.add(any(value.item(list.size(), item)));
                }
            }
            return list;
        }
        return single(value, Values.scalar(value, "a text, number, flag, list or object"));
    }

    private static Object single(Located value, Scalar scalar) {
        if (scalar.kind() == Kind.FLAG) {
            return Values.FLAG.read(value);
        }
        boolean isNumber = scalar.kind() == Kind.INTEGER || scalar.kind() == Kind.DECIMAL;
        return isNumber ? (Object) number(value, scalar.text()) : scalar.text();
    }

    private static Double number(Located value, String text) {
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException e) {
            throw value.unexpected("a decimal number; quote it to keep it as a text");
        }
    }
}
