package io.leaddispatch.json;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Cuts a stream into the texts of its entries. */
interface Entries {
    /**
     * The next entry's text, valid until the next call, or null at the end.
     *
     * @throws io.leaddispatch.LeadParseException if there is a fault instead of an entry; the next call goes on behind it
     */
    @Nullable JsonText next() throws IOException;
}
