package dev.proxywasm;

/**
 * What all plugins of a host together may keep in the services that they share.
 *
 * @param sharedDataKeys keys of shared data, each {@code vm_id} by itself; beyond it a new key is not stored (CAS_MISMATCH)
 * @param sharedDataBytes keys and values together, each {@code vm_id} by itself; likewise
 * @param queues shared queues; beyond it none can be registered (INTERNAL_FAILURE)
 * @param queueMessages messages waiting in one queue; beyond it they are refused (NOT_FOUND)
 * @param queueBytes bytes waiting in one queue; likewise
 * @param metrics metrics by type and name; those beyond count together as {@code proxywasm.overflow}
 * @param metricNameLength characters of a metric's name; metrics with longer ones count there too
 */
public record ServiceLimits(
        int sharedDataKeys,
        int sharedDataBytes,
        int queues,
        int queueMessages,
        int queueBytes,
        int metrics,
        int metricNameLength) {

    private static final int MEBIBYTE = 1024 * 1024;

    /** The defaults. */
    public static final ServiceLimits DEFAULT = builder().build();

    /**
     * Checks that every limit is usable.
     *
     * @throws IllegalArgumentException naming the limit and its value
     */
    public ServiceLimits {
        requireNotNegative("shared-data-keys", sharedDataKeys);
        requireNotNegative("shared-data-bytes", sharedDataBytes);
        requireNotNegative("queues", queues);
        requireNotNegative("queue-messages", queueMessages);
        requireNotNegative("queue-bytes", queueBytes);
        requireNotNegative("metrics", metrics);
        requireNotNegative("metric-name-length", metricNameLength);
    }

    private static void requireNotNegative(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException("limit " + name + " is " + value + "; it must be 0 or more");
        }
    }

    /** A builder that begins with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds {@link ServiceLimits}, every one of which has a default. */
    public static final class Builder {
        private int sharedDataKeys = 10_000;
        private int sharedDataBytes = 16 * MEBIBYTE;
        private int queues = 1000;
        private int queueMessages = 10_000;
        private int queueBytes = 16 * MEBIBYTE;
        private int metrics = 10_000;
        private int metricNameLength = 4096;

        private Builder() {}

        /** Keys of one {@code vm_id}; default 10,000. */
        public Builder sharedDataKeys(int value) {
            sharedDataKeys = value;
            return this;
        }

        /** Bytes of one {@code vm_id}; default 16 MiB. */
        public Builder sharedDataBytes(int value) {
            sharedDataBytes = value;
            return this;
        }

        /** Queues; default 1000. */
        public Builder queues(int value) {
            queues = value;
            return this;
        }

        /** Messages in one queue; default 10,000. */
        public Builder queueMessages(int value) {
            queueMessages = value;
            return this;
        }

        /** Bytes in one queue; default 16 MiB. */
        public Builder queueBytes(int value) {
            queueBytes = value;
            return this;
        }

        /** Metrics; default 10,000. */
        public Builder metrics(int value) {
            metrics = value;
            return this;
        }

        /** Characters of a metric's name; default 4096. */
        public Builder metricNameLength(int value) {
            metricNameLength = value;
            return this;
        }

        /**
         * The limits.
         *
         * @throws IllegalArgumentException if one is not usable
         */
        public ServiceLimits build() {
            return new ServiceLimits(
                    sharedDataKeys, sharedDataBytes, queues, queueMessages, queueBytes, metrics, metricNameLength);
        }
    }
}
