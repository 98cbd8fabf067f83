package dev.proxywasm;

import static com.tngtech.archunit.core.domain.JavaModifier.PROTECTED;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;

/** No public or protected member of a public class may name a hidden type, generic arguments included. */
final class ExposeNothingOf extends ArchCondition<JavaClass> {

    private final DescribedPredicate<JavaClass> hidden;

    ExposeNothingOf(DescribedPredicate<JavaClass> hidden) {
        super("expose no classes that " + hidden.getDescription());
        this.hidden = hidden;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        if (!type.getModifiers().contains(PUBLIC)) {
            return;
        }
        supertypes(type).filter(this::mentionsHidden).forEach(hit -> report(type, type.getName(), hit, events));
        type.getMembers().stream().filter(ExposeNothingOf::isExposed).forEach(member -> types(member)
                .filter(this::mentionsHidden)
                .forEach(hit -> report(type, member.getFullName(), hit, events)));
    }

    private static void report(JavaClass type, String place, JavaType hit, ConditionEvents events) {
        events.add(SimpleConditionEvent.violated(type, place + " exposes " + hit.getName()));
    }

    private boolean mentionsHidden(JavaType type) {
        return type.getAllInvolvedRawTypes().stream().anyMatch(hidden);
    }

    private static boolean isExposed(JavaMember member) {
        return member.getModifiers().contains(PUBLIC) || member.getModifiers().contains(PROTECTED);
    }

    private static Stream<JavaType> supertypes(JavaClass type) {
        return Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
    }

    private static Stream<JavaType> types(JavaMember member) {
        if (member instanceof JavaCodeUnit unit) {
            return Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream());
        }
        return member.getAllInvolvedRawTypes().stream().map(JavaType.class::cast);
    }
}
