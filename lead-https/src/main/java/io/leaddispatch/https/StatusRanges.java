package io.leaddispatch.https;

import java.util.ArrayList;
import java.util.List;

/** Some statuses, written as {@code 200} or {@code 200-299}. Immutable. */
record StatusRanges(List<int[]> ranges) {
    /** @throws IllegalArgumentException if one is no status from 200 to 599, without the text */
    static StatusRanges parse(List<String> texts) {
        List<int[]> ranges = new ArrayList<>();
        for (String text : texts) {
            int dash = text.indexOf('-');
            int from = status(dash < 0 ? text : text.substring(0, dash));
            int to = dash < 0 ? from : status(text.substring(dash + 1));
            if (to < from) {
                throw new IllegalArgumentException("a range of statuses ends before it begins");
            }
            ranges.add(new int[] {from, to});
        }
        return new StatusRanges(ranges);
    }

    private static int status(String text) {
        String digits = text.strip();
        if (digits.length() != 3 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("not a status or range of statuses (examples: 200, 200-299)");
        }
        int status = Integer.parseInt(digits);
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("statuses go from 200 to 599");
        }
        return status;
    }

    boolean contain(int status) {
        return ranges.stream().anyMatch(range -> range[0] <= status && status <= range[1]);
    }
}
