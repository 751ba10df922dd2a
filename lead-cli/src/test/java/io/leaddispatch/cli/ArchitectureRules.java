package io.leaddispatch.cli;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.elements.ClassesShould;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The dependency rules of the architecture, for the packages below a root: the real one, or that of the bad examples. */
final class ArchitectureRules {
    /** A rule, and the simple name of the bad example that breaks it. */
    record Rule(String badExample, ArchRule rule) {
        @Override
        public String toString() {
            return rule.getDescription();
        }
    }

    /**
     * All that the host's packages may name of the SPI, nested types included. The last two cannot be avoided:
     * opening a destination takes its context, and {@code LeadDispatcher.verify} answers what the destination did.
     */
    private static final Set<String> SPI_NAMED_BY_ROOT = Set.of(
            "LeadDestination",
            "LeadDestinationProvider",
            "LeadQueue",
            "LeadQueueProvider",
            "DestinationContext",
            "Verification");

    private static final List<String> DESTINATIONS =
            List.of("https", "azuretable", "salesforce", "marketo", "dynamics");

    private final String root;
    private final List<Rule> rules = new ArrayList<>();

    private ArchitectureRules(String root) {
        this.root = root;
    }

    static List<Rule> below(String root) {
        var all = new ArchitectureRules(root);
        all.modules();
        all.vendors();
        all.core();
        all.names();
        all.calls();
        return all.rules;
    }

    private void modules() {
        add("CoreKnowsADestination", noClasses().that(areInCore()).should().dependOnClassesThat(areInModules(above())));
        for (String destination : DESTINATIONS) {
            var others = Stream.concat(DESTINATIONS.stream(), Stream.of("outbox", "cli", "testkit"))
                    .filter(other -> !other.equals(destination))
                    .toArray(String[]::new);
            add(
                    switch (destination) {
                        case "https" -> "HttpsKnowsOutbox";
                        case "azuretable" -> "AzureKnowsHttps";
                        case "salesforce" -> "SalesforceKnowsCli";
                        case "marketo" -> "MarketoKnowsSalesforce";
                        case "dynamics" -> "DynamicsKnowsTestkit";
                        default -> throw new AssertionError("no bad example for " + destination);
                    },
                    noClasses()
                            .that()
                            .resideInAPackage(root + "." + destination + "..")
                            .should()
                            .dependOnClassesThat(areInModules(others)));
        }
        add(
                "TestkitKnowsADestination",
                noClasses()
                        .that()
                        .resideInAPackage(root + ".testkit..")
                        .should()
                        .dependOnClassesThat(areInModules(above())));
    }

    private void vendors() {
        add("SeesAzure", onlyIn("azuretable").dependOnClassesThat().resideInAPackage("com.azure.."));
        add("SeesMsal", onlyIn("dynamics").dependOnClassesThat().resideInAPackage("com.microsoft.aad.msal4j.."));
        add("SeesJdbc", onlyIn("outbox").dependOnClassesThat().resideInAnyPackage("java.sql..", "javax.sql.."));
    }

    private void core() {
        add(
                "CoreSeesAssertJ",
                classes()
                        .that(areInCore())
                        .should()
                        .onlyDependOnClassesThat(areInCore()
                                .or(resideInAnyPackage(
                                        "java..",
                                        "javax.crypto..",
                                        "javax.net..",
                                        "com.fasterxml.jackson..",
                                        "org.slf4j..",
                                        "org.jspecify.."))
                                .as("core, the JDK, Jackson, SLF4J or JSpecify")));
        add(
                "SpiSeesSlf4j",
                classes()
                        .that()
                        .resideInAPackage(root + ".spi..")
                        .should()
                        .onlyDependOnClassesThat(areInCore()
                                .or(resideInAnyPackage("java..", "org.jspecify.."))
                                .as("core, the JDK or JSpecify")));
        add(
                "ExposesInternals",
                classes()
                        .that(resideInAnyPackage(api()))
                        .and(are(visibleOutside()))
                        .should(exposeNothingOf(resideInAPackage(root + ".internal.."))));
        add(
                "RootNamesLimits",
                noClasses()
                        .that()
                        .resideInAPackage(root)
                        .should()
                        .dependOnClassesThat(resideInAPackage(root + ".spi..").and(notNamedByRoot())));
        add(
                "InternalCycle",
                slices().assignedFrom(packages())
                        .should()
                        .beFreeOfCycles()
                        .ignoreDependency(
                                resideInAPackage(root), resideInAnyPackage(root + ".internal..", root + ".config.."))
                        .as(
                                "packages should be free of cycles, but for root and spi, and root assembling what is configured"));
    }

    private void names() {
        add(
                "SomeUtil",
                noClasses()
                        .should()
                        .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)")
                        .as("no class should be called Util, Utils, Helper, Manager or Impl"));
    }

    private void calls() {
        add("PrintsToSystemOut", onlyIn("cli").accessField(System.class, "out"));
        add(
                "Sleeps",
                noClasses()
                        .should()
                        .callMethodWhere(
                                target(owner(belongToAnyOf(Thread.class))).and(target(name("sleep"))))
                        .as("no classes should call Thread.sleep"));
    }

    private void add(String badExample, ArchRule rule) {
        rules.add(new Rule(badExample, rule.allowEmptyShould(true)));
    }

    private ClassesShould onlyIn(String module) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + "." + module + "..")
                .should();
    }

    private DescribedPredicate<JavaClass> areInCore() {
        return resideInAnyPackage(api())
                .or(resideInAPackage(root + ".internal.."))
                .as("are in core");
    }

    private String[] api() {
        return new String[] {root, root + ".spi..", root + ".json..", root + ".config..", root + ".http.."};
    }

    /** All modules that stand above core and testkit. */
    private static String[] above() {
        return Stream.concat(DESTINATIONS.stream(), Stream.of("outbox", "cli")).toArray(String[]::new);
    }

    private DescribedPredicate<JavaClass> areInModules(String... modules) {
        return resideInAnyPackage(Stream.of(modules)
                        .map(module -> root + "." + module + "..")
                        .toArray(String[]::new))
                .as("are in " + String.join(", ", modules));
    }

    private static DescribedPredicate<JavaClass> visibleOutside() {
        return DescribedPredicate.describe(
                "visible outside",
                type -> Stream.iterate(
                                type, t -> t != null, t -> t.getEnclosingClass().orElse(null))
                        .allMatch(ArchitectureRules::isOpen));
    }

    private static boolean isOpen(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                || type.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static DescribedPredicate<JavaClass> notNamedByRoot() {
        return DescribedPredicate.describe(
                "are not among " + SPI_NAMED_BY_ROOT,
                type -> !SPI_NAMED_BY_ROOT.contains(outermost(type).getSimpleName())
                        && !type.getSimpleName().equals("package-info"));
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureRules::outermost).orElse(type);
    }

    private static ArchCondition<JavaClass> exposeNothingOf(DescribedPredicate<JavaClass> hidden) {
        return new ArchCondition<>("expose nothing of internals") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaClass above : type.getAllRawSuperclasses()) {
                    report(type, type.getDescription() + " extends", above, events);
                }
                for (JavaClass above : type.getRawInterfaces()) {
                    report(type, type.getDescription() + " implements", above, events);
                }
                for (JavaMember member : type.getMembers()) {
                    if (isOpen(member)) {
                        involved(member)
                                .forEach(named -> report(type, member.getDescription() + " names", named, events));
                    }
                }
            }

            private void report(JavaClass type, String what, JavaClass named, ConditionEvents events) {
                if (hidden.test(named)) {
                    events.add(SimpleConditionEvent.violated(type, what + " " + named.getName()));
                }
            }
        };
    }

    private static boolean isOpen(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static Stream<JavaClass> involved(JavaMember member) {
        Stream<JavaClass> thrown =
                member instanceof JavaCodeUnit unit ? unit.getThrowsClause().getTypes().stream() : Stream.empty();
        return Stream.concat(member.getAllInvolvedRawTypes().stream(), thrown);
    }

    /** One slice for each package; root and spi, which use each other, are one. */
    private SliceAssignment packages() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                String name = type.getPackageName();
                if (!name.equals(root) && !name.startsWith(root + ".")) {
                    return SliceIdentifier.ignore();
                }
                return SliceIdentifier.of(name.equals(root + ".spi") ? root : name);
            }

            @Override
            public String getDescription() {
                return "packages";
            }
        };
    }
}
