package dev.proxywasm.internal.wasm;

import java.util.List;

/**
 * A module together with where its parts stand in the bytes.
 *
 * @param info what the module says about itself
 * @param sections all its sections, in order
 * @param functions the types of all its functions, imported ones first
 * @param sites the types of all memories and tables, imported and own, in the order of their offsets
 */
record ParsedModule(ModuleInfo info, List<Section> sections, List<FunctionType> functions, List<TypeSite> sites) {}
