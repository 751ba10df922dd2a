package io.leaddispatch.coverage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** What the poms of this project say. */
final class Project {
    static final Set<String> NOT_PUBLISHED = Set.of("lead-coverage", "lead-benchmarks");

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private Project() {}

    static Element pom(String module) {
        return xml(ROOT.resolve(module).resolve("pom.xml"));
    }

    static Path file(String module, String path) {
        return ROOT.resolve(module).resolve(path);
    }

    /** The modules of the build, in their order. */
    static List<String> modules() {
        return children(child(pom(""), "modules"), "module").stream()
                .map(Element::getTextContent)
                .toList();
    }

    /** The modules that end in a repository as a jar. */
    static List<String> published() {
        return modules().stream()
                .filter(module -> !NOT_PUBLISHED.contains(module) && !module.equals("lead-bom"))
                .toList();
    }

    /** The artifacts of ours that stand among a pom's dependencies. */
    static List<String> ours(Element dependencies) {
        return children(dependencies, "dependency").stream()
                .filter(dependency -> text(dependency, "groupId").equals("io.leaddispatch"))
                .map(dependency -> text(dependency, "artifactId"))
                .toList();
    }

    static String text(Element parent, String name) {
        return child(parent, name).getTextContent().strip();
    }

    static Element child(Element parent, String name) {
        return children(parent, name).stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError("no <" + name + "> in <" + parent.getTagName() + ">"));
    }

    static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    static Element xml(Path file) {
        try (var in = Files.newInputStream(file)) {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            Document document = factory.newDocumentBuilder().parse(in);
            return document.getDocumentElement();
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new AssertionError("cannot read " + file, e);
        }
    }
}
