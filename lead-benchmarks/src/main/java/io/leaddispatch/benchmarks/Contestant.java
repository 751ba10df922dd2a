package io.leaddispatch.benchmarks;

/**
 * One way of doing the work.
 *
 * @param name what it is called in the table
 * @param preparation gets ready for one run; not measured
 */
record Contestant(String name, Preparation preparation) {
    /** Gets ready for one run. */
    interface Preparation {
        Run prepare() throws Exception;
    }

    /** What is measured. Throws if not all of it was done. */
    interface Work {
        void run() throws Exception;
    }

    /**
     * One run.
     *
     * @param work what is measured
     * @param end clears up; not measured
     */
    record Run(Work work, Runnable end) implements AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }
}
