package io.leaddispatch.coverage;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Finds what is public or protected and has no comment; of a record also components without {@code @param}. */
final class Undescribed extends TreePathScanner<Void, Void> {
    private final DocTrees docs;
    private final CompilationUnitTree unit;
    private final List<String> found;

    private Undescribed(DocTrees docs, CompilationUnitTree unit, List<String> found) {
        this.docs = docs;
        this.unit = unit;
        this.found = found;
    }

    /** What is missing, as {@code File.java: name}, in the order of the sources, which are parsed and not compiled. */
    static List<String> in(List<Path> sources) throws IOException {
        List<String> found = new ArrayList<>();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            DocTrees docs = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new Undescribed(docs, unit, found).scan(unit, null);
            }
        }
        return found;
    }

    @Override
    public Void visitClass(ClassTree type, Void nothing) {
        if (!isVisible(type.getModifiers())) {
            return null;
        }
        String comment = check(type.getSimpleName().toString());
        if (type.getKind() == Kind.RECORD) {
            type.getMembers().stream()
                    .filter(VariableTree.class::isInstance)
                    .map(VariableTree.class::cast)
                    .filter(part -> !part.getModifiers().getFlags().contains(Modifier.STATIC))
                    .filter(part -> !comment.contains("@param " + part.getName() + " "))
                    .forEach(part -> add(type.getSimpleName() + "." + part.getName()));
        } else if (type.getKind() == Kind.CLASS && type.getMembers().stream().noneMatch(Undescribed::isConstructor)) {
            add(type.getSimpleName() + " (constructor)");
        }
        return super.visitClass(type, nothing);
    }

    private static boolean isConstructor(Tree member) {
        return member instanceof MethodTree method && method.getReturnType() == null;
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
        boolean overrides = method.getModifiers().getAnnotations().stream()
                .anyMatch(
                        annotation -> annotation.getAnnotationType().toString().equals("Override"));
        if (isVisible(method.getModifiers()) && !overrides) {
            check(
                    isConstructor(method)
                            ? around().getSimpleName() + " (constructor)"
                            : method.getName().toString());
        }
        return null;
    }

    @Override
    public Void visitVariable(VariableTree field, Void nothing) {
        if (isVisible(field.getModifiers())) {
            check(field.getName().toString());
        }
        return null;
    }

    private boolean isVisible(ModifiersTree modifiers) {
        var flags = modifiers.getFlags();
        boolean implicitly = around() != null
                && (around().getKind() == Kind.INTERFACE || around().getKind() == Kind.ANNOTATION_TYPE)
                && !flags.contains(Modifier.PRIVATE);
        return implicitly || flags.contains(Modifier.PUBLIC) || flags.contains(Modifier.PROTECTED);
    }

    /** The type around what is looked at, or null. */
    private @Nullable ClassTree around() {
        return getCurrentPath().getParentPath().getLeaf() instanceof ClassTree type ? type : null;
    }

    private String check(String name) {
        String comment = docs.getDocComment(getCurrentPath());
        if (comment == null || comment.isBlank()) {
            add(name);
        }
        return comment == null ? "" : comment;
    }

    private void add(String name) {
        found.add(Path.of(unit.getSourceFile().getName()).getFileName() + ": " + name);
    }
}
