package io.leaddispatch.cli;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Parameters;

/** The parameter that names the leads, and how far they are read. */
final class LeadsInput {
    private static final int BUFFER = 64 * 1024;

    @Parameters(
            arity = "0..1",
            paramLabel = "LEADS",
            defaultValue = "-",
            description = "A file with one lead, a JSON list of leads, or a lead per line; - (the default) is standard"
                    + " input.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String leads;

    private final AtomicLong read = new AtomicLong();
    private long size;

    InputStream open(PrintWriter err) throws IOException {
        if (leads.equals("-")) {
            if (Terminal.isThere()) {
                err.println("Reading leads from the keyboard, until Ctrl-D.");
            }
            return new Counting(System.in) {
                @Override
                public void close() {
                    // it belongs to the process
                }
            };
        }
        Path file = Path.of(leads);
        if (Files.isDirectory(file)) {
            throw new FileSystemException(leads, null, "it is a directory");
        }
        size = Files.exists(file) ? Files.size(file) : 0;
        return new Counting(Files.newInputStream(file));
    }

    /** How much of the file is read, 0 to 1, or negative if its size is not known. */
    double progress() {
        return size > 0 ? Math.min(1, (double) read.get() / size) : -1;
    }

    private class Counting extends FilterInputStream {
        Counting(InputStream in) {
            super(new BufferedInputStream(in, BUFFER));
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            read.addAndGet(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int n = super.read(bytes, from, length);
            read.addAndGet(Math.max(0, n));
            return n;
        }
    }
}
