package dev.sledge.local;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Keeps one connection to a service as slow as its distance. Times are nanoseconds. */
final class Pace {
    private final Distance distance;
    private final AtomicLong asked = new AtomicLong(System.nanoTime());
    private long free = System.nanoTime();

    Pace(Distance distance) {
        this.distance = distance;
    }

    /** The client has sent something. */
    void asked() {
        asked.set(System.nanoTime());
    }

    /** Returns when so many bytes of the service may go on to the client. */
    void answered(int bytes) {
        var first = asked.get() + distance.firstByte().toNanos();
        // What follows on an answer's first bytes waits for those alone.
        free = Math.max(free, first) + bytes * TimeUnit.SECONDS.toNanos(1) / distance.bytesPerSecond();
        for (var left = free - System.nanoTime(); left > 0; left = free - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
