/**
 * Pulls modules from registries of OCI and Docker images (OCI Distribution Specification 1.1).
 *
 * <p>{@link dev.proxywasm.internal.module.oci.OciSource} is the way in; {@code Registry} speaks the protocol, {@code Authorizer} answers
 * challenges, {@code DockerConfig} and {@code CredentialHelper} know credentials. The rest are pure: {@code ImageReference},
 * {@code Challenge}, {@code Manifest}, {@code ManifestChoice}, {@code LayerChoice}, {@code Json}.
 *
 * <p>May depend on the other packages below {@code internal.module} and on the JDK.
 */
@NullMarked
package dev.proxywasm.internal.module.oci;

import org.jspecify.annotations.NullMarked;
