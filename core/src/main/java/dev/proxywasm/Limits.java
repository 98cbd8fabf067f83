package dev.proxywasm;

import java.time.Duration;

/**
 * What a plugin may use at most; beyond it, a status for the guest or a clear refusal, never harm to the server.
 *
 * @param callbackTimeout time that guest code may run in one callback; beyond it the instance is discarded
 * @param startTimeout time of a whole start: start functions, vm_start and configure
 * @param pauseTimeout how long one pause of a stream may last; beyond it 504
 * @param memoryBytes linear memory of one instance; beyond it {@code memory.grow} answers -1
 * @param requestBodyBufferBytes request body that may be held; beyond it 413
 * @param responseBodyBufferBytes response body that may be held; beyond it 500, or a reset if the response has begun
 * @param headerCount pairs of one header map; a guest that adds more has the call refused
 * @param headerBytes bytes of one header map, likewise
 * @param logLineBytes a longer line of a guest is cut
 * @param hostcallsPerCallback hostcalls that may cross to the host in one callback; beyond it the instance is discarded
 * @param calloutTimeout how long one HTTP or unary gRPC callout may take, whatever the plugin asks for; beyond it the callout fails
 * @param calloutsInFlight callouts of one instance without an answer, gRPC streams included; beyond it {@code InternalFailure}
 * @param calloutBodyBytes body of one HTTP callout in either direction, or one gRPC message; a larger answer fails the callout
 */
public record Limits(
        Duration callbackTimeout,
        Duration startTimeout,
        Duration pauseTimeout,
        long memoryBytes,
        int requestBodyBufferBytes,
        int responseBodyBufferBytes,
        int headerCount,
        int headerBytes,
        int logLineBytes,
        int hostcallsPerCallback,
        Duration calloutTimeout,
        int calloutsInFlight,
        int calloutBodyBytes) {

    private static final int MEBIBYTE = 1024 * 1024;
    private static final long MAX_MEMORY = 2047L * MEBIBYTE;

    /** The defaults. */
    public static final Limits DEFAULT = builder().build();

    /**
     * Checks that every limit is usable.
     *
     * @throws IllegalArgumentException naming the limit, its value and what is allowed
     */
    public Limits {
        requirePositive("callback-timeout", callbackTimeout);
        requirePositive("start-timeout", startTimeout);
        requirePositive("pause-timeout", pauseTimeout);
        requireBetween("memory", memoryBytes, 64 * 1024, MAX_MEMORY);
        requireBetween("request-body-buffer", requestBodyBufferBytes, 0, Integer.MAX_VALUE / 2);
        requireBetween("response-body-buffer", responseBodyBufferBytes, 0, Integer.MAX_VALUE / 2);
        requireBetween("header-count", headerCount, 1, 100_000);
        requireBetween("header-bytes", headerBytes, 1024, 64 * MEBIBYTE);
        requireBetween("log-line", logLineBytes, 80, MEBIBYTE);
        requireBetween("hostcalls-per-callback", hostcallsPerCallback, 100, 10_000_000);
        requirePositive("callout-timeout", calloutTimeout);
        requireBetween("callouts-in-flight", calloutsInFlight, 1, 100_000);
        requireBetween("callout-body", calloutBodyBytes, 0, Integer.MAX_VALUE / 2);
    }

    /** A builder that begins with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    "limit " + name + " is " + value + "; it must be more than 0 and at most a day");
        }
    }

    private static void requireBetween(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "limit " + name + " is " + value + "; it must be from " + least + " to " + most);
        }
    }

    /** Builds {@link Limits}, every one of which has a default. */
    public static final class Builder {
        private Duration callbackTimeout = Duration.ofSeconds(1);
        private Duration startTimeout = Duration.ofSeconds(10);
        private Duration pauseTimeout = Duration.ofSeconds(30);
        private long memoryBytes = 256L * MEBIBYTE;
        private int requestBodyBufferBytes = MEBIBYTE;
        private int responseBodyBufferBytes = MEBIBYTE;
        private int headerCount = 1000;
        private int headerBytes = MEBIBYTE;
        private int logLineBytes = 16 * 1024;
        private int hostcallsPerCallback = 100_000;
        private Duration calloutTimeout = Duration.ofMinutes(1);
        private int calloutsInFlight = 256;
        private int calloutBodyBytes = MEBIBYTE;

        private Builder() {}

        /** Time that guest code may run in one callback; default 1 s. */
        public Builder callbackTimeout(Duration value) {
            callbackTimeout = value;
            return this;
        }

        /** Time of a whole start; default 10 s. */
        public Builder startTimeout(Duration value) {
            startTimeout = value;
            return this;
        }

        /** How long a pause may last; default 30 s. */
        public Builder pauseTimeout(Duration value) {
            pauseTimeout = value;
            return this;
        }

        /** Linear memory of one instance; default 256 MiB. */
        public Builder memoryBytes(long value) {
            memoryBytes = value;
            return this;
        }

        /** Request body that may be held; default 1 MiB. */
        public Builder requestBodyBufferBytes(int value) {
            requestBodyBufferBytes = value;
            return this;
        }

        /** Response body that may be held; default 1 MiB. */
        public Builder responseBodyBufferBytes(int value) {
            responseBodyBufferBytes = value;
            return this;
        }

        /** Pairs of one header map; default 1000. */
        public Builder headerCount(int value) {
            headerCount = value;
            return this;
        }

        /** Bytes of one header map; default 1 MiB. */
        public Builder headerBytes(int value) {
            headerBytes = value;
            return this;
        }

        /** Bytes of one log line; default 16 KiB. */
        public Builder logLineBytes(int value) {
            logLineBytes = value;
            return this;
        }

        /** Hostcalls that may cross to the host in one callback; default 100,000. */
        public Builder hostcallsPerCallback(int value) {
            hostcallsPerCallback = value;
            return this;
        }

        /** How long one callout may take; default 1 minute. */
        public Builder calloutTimeout(Duration value) {
            calloutTimeout = value;
            return this;
        }

        /** Callouts of one instance without an answer; default 256. */
        public Builder calloutsInFlight(int value) {
            calloutsInFlight = value;
            return this;
        }

        /** Body of one callout, or one gRPC message; default 1 MiB. */
        public Builder calloutBodyBytes(int value) {
            calloutBodyBytes = value;
            return this;
        }

        /**
         * The limits.
         *
         * @throws IllegalArgumentException if one is not usable
         */
        public Limits build() {
            return new Limits(
                    callbackTimeout,
                    startTimeout,
                    pauseTimeout,
                    memoryBytes,
                    requestBodyBufferBytes,
                    responseBodyBufferBytes,
                    headerCount,
                    headerBytes,
                    logLineBytes,
                    hostcallsPerCallback,
                    calloutTimeout,
                    calloutsInFlight,
                    calloutBodyBytes);
        }
    }
}
