package io.leaddispatch.json;

import io.leaddispatch.InvalidLeadException;
import io.leaddispatch.LeadParseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a file of leads entry by entry; a fault in one of them stands in its place. Holds one entry at a time. */
final class EntryReading extends Spliterators.AbstractSpliterator<LeadEntry> {
    private final ByteWindow window;
    private @Nullable Entries entries;

    /** What shape the file has is found out when the first entry is asked for. */
    EntryReading(InputStream in) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE);
        this.window = new ByteWindow(in);
    }

    @Override
    public boolean tryAdvance(Consumer<? super LeadEntry> action) {
        LeadEntry entry;
        try {
            entry = next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (entry != null) {
            action.accept(entry);
        }
        return entry != null;
    }

    private @Nullable LeadEntry next() throws IOException {
        int line = 0;
        try {
            if (entries == null) {
                entries = FileShape.of(window).entries(window);
            }
            JsonText text = entries.next();
            if (text == null) {
                return null;
            }
            line = text.line();
            return new LeadEntry.Read(line, LeadReading.read(text));
        } catch (LeadParseException e) {
            return new LeadEntry.Faulty(e.line(), e.column(), List.of(e.problem()));
        } catch (InvalidLeadException e) {
            return new LeadEntry.Faulty(line, 0, e.problems());
        }
    }
}
