package io.leaddispatch;

import static org.assertj.core.api.Assertions.fail;

/** What holds for every text that {@link LeadSource} reads. */
final class LeadSourceRules {
    private LeadSourceRules() {}

    static void check(String text) {
        LeadSource lenient = LeadSource.parseLenient(text);
        String read = text.length() > LeadSource.MAX_LENGTH ? text.substring(0, LeadSource.MAX_LENGTH) : text;
        String kept = lenient.original() == null ? lenient.format() : lenient.original();
        if (!kept.equals(read)) {
            fail("the lenient parser lost the text");
        }
        if (lenient.original() != null && lenient.format().equals(read)) {
            fail("the text is kept although it can be given back");
        }
        if (lenient.original() == null && !LeadSource.parse(lenient.format()).equals(lenient)) {
            fail("format and parse are not inverse");
        }
        try {
            LeadSource strict = LeadSource.parse(text);
            if (!strict.format().equals(text) || !strict.equals(lenient)) {
                fail("the strict parser took a text that it cannot give back");
            }
        } catch (LeadParseException e) {
            if (text.equals(lenient.format())) {
                fail("the strict parser refused a text that can be given back");
            }
        }
        checkParts(lenient);
    }

    private static void checkParts(LeadSource read) {
        if (read.source() != null && !isStripped(read.source().code())
                || read.action() != null && !isStripped(read.action().code())
                || read.offer() != null && !isStripped(read.offer().text())) {
            fail("a part is not stripped");
        }
        if (read.source() != null
                && (read.source().code().indexOf('-') >= 0
                        || read.source().code().indexOf('|') >= 0)) {
            fail("the source holds a separator");
        }
        if (read.action() != null && read.action().code().indexOf('|') >= 0) {
            fail("the action holds a bar");
        }
        if (read.offer() != null
                && read.offer().isId()
                && !(read.offer().publisher() + "." + read.offer().offerId())
                        .equals(read.offer().text())) {
            fail("publisher and offer id are not the offer");
        }
    }

    private static boolean isStripped(String text) {
        return !text.isEmpty() && text.equals(text.strip());
    }
}
