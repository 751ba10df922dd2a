package io.leaddispatch.internal.provider;

import java.net.URL;
import java.security.CodeSource;

/** Says where a provider comes from, so that a person finds the jar: its file's name, not the whole path. */
final class Origin {
    private static final int DIRECTORY_PARTS = 3;

    private Origin() {}

    static String of(Object provider) {
        return provider.getClass().getName() + " in " + place(provider.getClass());
    }

    private static String place(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        URL location = source == null ? null : source.getLocation();
        if (location == null) {
            String module = type.getModule().getName();
            return module == null ? "an unknown place" : "module " + module;
        }
        return end(location.getPath());
    }

    /** The name of a jar; of a directory the last three parts, as {@code lead-https/target/classes}. */
    static String end(String path) {
        boolean directory = path.endsWith("/");
        String place = directory ? path.substring(0, path.length() - 1) : path;
        if (place.endsWith("!")) {
            place = place.substring(0, place.length() - 1);
        }
        int from = place.length() + 1;
        for (int part = 0; part < (place.endsWith(".jar") ? 1 : DIRECTORY_PARTS) && from > 0; part++) {
            from = place.lastIndexOf('/', from - 2) + 1;
        }
        return place.substring(Math.min(from, place.length()));
    }
}
