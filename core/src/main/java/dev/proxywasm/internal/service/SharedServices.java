package dev.proxywasm.internal.service;

import dev.proxywasm.internal.foreign.ForeignFunctions;
import dev.proxywasm.spi.SharedData;
import dev.proxywasm.spi.SharedQueues;

/**
 * The services that guests of one host share.
 *
 * @param data keys and values
 * @param queues byte strings in order
 * @param metrics what guests measure
 * @param foreignFunctions what guests call by name
 */
public record SharedServices(
        SharedData data, SharedQueues queues, MetricRegistry metrics, ForeignFunctions foreignFunctions) {}
