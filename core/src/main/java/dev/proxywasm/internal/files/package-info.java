/**
 * What several parts of the host need of the file system: directories that nobody else may write to, and what configured addresses lead
 * to on this machine ({@link dev.proxywasm.internal.files.Address}, {@link dev.proxywasm.internal.files.LocalPlace}).
 *
 * <p>Depends on the JDK only.
 */
@NullMarked
package dev.proxywasm.internal.files;

import org.jspecify.annotations.NullMarked;
