package io.leaddispatch.outbox;

/** Removes what is kept of one person. */
final class Forgetting {
    /** The open ones and the ended ones, each by its index, as they are at one moment. */
    private static final String THEIRS = "(select id from lead_outbox where state = 0 and email_hash = :email union all"
            + " select id from lead_outbox where state > 0 and email_hash = :email and email_hash is not null)";

    private final Store store;

    Forgetting(Store store) {
        this.store = store;
    }

    int forget(String email) {
        String hash = store.hash().ofEmail(email);
        if (hash == null) {
            return 0;
        }
        Values values = Values.of("email", hash);
        return store.database.write(session -> {
            session.update("delete from lead_outbox_attempt where outbox_id in " + THEIRS, values);
            return session.update("delete from lead_outbox where id in " + THEIRS, values);
        });
    }
}
