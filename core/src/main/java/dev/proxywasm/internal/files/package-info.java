/**
 * What several parts of the host need of the file system: directories that nobody else may write to.
 *
 * <p>Depends on the JDK only.
 */
@NullMarked
package dev.proxywasm.internal.files;

import org.jspecify.annotations.NullMarked;
