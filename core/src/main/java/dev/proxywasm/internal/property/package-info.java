/**
 * Properties: Envoy's attributes as far as this host knows them, and what guests store.
 *
 * <p>Attributes are rows of data ({@link dev.proxywasm.internal.property.Attribute}): a path, a type, from when there is a value, and where it
 * comes from. An {@link dev.proxywasm.internal.property.AttributeTable} finds a row by a path and goes on into maps and lists;
 * {@link dev.proxywasm.internal.property.ValueEncoding} gives the value its bytes. Stored ones are kept by
 * {@link dev.proxywasm.internal.property.StoredProperties}.
 *
 * <p>May depend on {@code abi}, {@code http}, {@code internal.codec} and the configuration model.
 */
@NullMarked
package dev.proxywasm.internal.property;

import org.jspecify.annotations.NullMarked;
