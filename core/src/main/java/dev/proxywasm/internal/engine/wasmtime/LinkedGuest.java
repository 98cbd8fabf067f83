package dev.proxywasm.internal.engine.wasmtime;

import io.github.kawamuray.wasmtime.Func;
import io.github.kawamuray.wasmtime.Memory;
import io.github.kawamuray.wasmtime.Store;

/**
 * A guest in its store, between H and L. Whoever holds it owns everything native in it.
 *
 * @param handles all of it
 * @param store the store
 * @param mailbox the memory of H
 * @param memory the memory of the guest
 * @param run H's entry for calls
 * @param alloc H's entry for the guest's allocator
 */
record LinkedGuest(NativeHandles handles, Store<Void> store, Mailbox mailbox, Memory memory, Func run, Func alloc) {}
