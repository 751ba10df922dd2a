package io.leaddispatch.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/** What a piece of work took of this JVM: time, CPU time, and memory allocated by the threads that live at its end. */
final class Meter {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final long cpu = SYSTEM.getProcessCpuTime();
    private final Map<Long, Long> allocated = allocatedByThread();
    private final long start = System.nanoTime();

    /**
     * What was taken.
     *
     * @param nanos wall-clock time
     * @param cpuNanos of all threads of this JVM, the compiler's and the collector's too
     * @param bytes allocated on the heap
     */
    record Taken(long nanos, long cpuNanos, long bytes) {}

    Taken taken() {
        long nanos = System.nanoTime() - start;
        long cpuNanos = SYSTEM.getProcessCpuTime() - cpu;
        long bytes = 0;
        for (Map.Entry<Long, Long> now : allocatedByThread().entrySet()) {
            bytes += now.getValue() - allocated.getOrDefault(now.getKey(), 0L);
        }
        return new Taken(nanos, cpuNanos, bytes);
    }

    private static Map<Long, Long> allocatedByThread() {
        long[] ids = THREADS.getAllThreadIds();
        long[] bytes = THREADS.getThreadAllocatedBytes(ids);
        Map<Long, Long> all = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            if (bytes[i] >= 0) {
                all.put(ids[i], bytes[i]);
            }
        }
        return all;
    }
}
